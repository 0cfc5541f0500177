#include "jit/kernel.h"

#include <fmt/format.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "ir/rare.h"
#include "jit/constant_frame.h"
#include "jit/lowering.h"
#include "jit/target_machine.h"

namespace ulpforge::jit {
namespace {

/// Writes one kernel: a loop that evaluates a block of points in each turn.
class Kernel {
 public:
  Kernel(llvm::Function& function, const ir::Program& program, const Options& options, Isa isa)
      : function_(function),
        program_(program),
        options_(options),
        isa_(isa),
        constant_types_(ir::constant_types(program)),
        entry_(llvm::BasicBlock::Create(context(), "entry", &function)),
        loop_(llvm::BasicBlock::Create(context(), "loop", &function)),
        exit_(llvm::BasicBlock::Create(context(), "exit", &function)),
        build_(entry_),
        frame_(program, lanes(isa)) {
    if (options.embed_constants) bits_ = ir::constant_bits(program);
  }

  void write() {
    build_.CreateBr(loop_);
    build_.SetInsertPoint(loop_);
    llvm::PHINode* block = build_.CreatePHI(build_.getInt64Ty(), 2);
    llvm::Value* first =
        build_.CreateMul(block, build_.getInt64(block_size(options_, isa_)), "", true, true);
    const std::vector<llvm::Value*> inputs = load(first);
    store(first, evaluate(inputs));
    llvm::BasicBlock* end = build_.GetInsertBlock();
    llvm::Value* next = build_.CreateAdd(block, build_.getInt64(1), "", true, true);
    build_.CreateCondBr(build_.CreateICmpEQ(next, function_.getArg(3)), exit_, loop_);
    block->addIncoming(build_.getInt64(0), entry_);
    block->addIncoming(next, end);
    build_.SetInsertPoint(exit_);
    build_.CreateRetVoid();
  }

 private:
  /// The same value for each vector in flight.
  using Vectors = std::vector<llvm::Value*>;

  llvm::LLVMContext& context() const { return function_.getContext(); }
  llvm::Type* scalar(ir::Type type) const { return scalar_type(context(), type); }
  llvm::Type* vector(ir::Type type) const { return vector_type(context(), type, isa_); }

  llvm::Value* address(llvm::Value* array, llvm::Value* first, ir::Type type, unsigned k) {
    llvm::Value* begin = build_.CreateInBoundsGEP(scalar(type), array, first);
    return build_.CreateConstInBoundsGEP1_64(scalar(type), begin, std::uint64_t{k} * lanes(isa_));
  }
  static llvm::Align alignment(llvm::Type* scalar) {
    return llvm::Align(scalar->getScalarSizeInBits() / 8);
  }

  Vectors load(llvm::Value* first) {
    const ir::Type type = program_.input_types[0];
    Vectors x;
    for (unsigned k = 0; k < options_.interleave; ++k) {
      x.push_back(build_.CreateAlignedLoad(
          vector(type), address(function_.getArg(1), first, type, k), alignment(scalar(type))));
    }
    return x;
  }

  void store(llvm::Value* first, const Vectors& y) {
    const ir::Type type = ir::result_type(program_);
    for (unsigned k = 0; k < options_.interleave; ++k) {
      build_.CreateAlignedStore(y[k], address(function_.getArg(2), first, type, k),
                                alignment(scalar(type)));
    }
  }

  Vectors evaluate(const Vectors& inputs) {
    const std::vector<std::size_t> owners = ir::rare_owners(program_);
    values_.assign(program_.code.size(), {});
    for (std::size_t i = 0; i < program_.code.size(); ++i) {
      if (owners[i] != ir::kAlways) continue;
      const std::size_t group = ir::rare_group(program_, i);
      if (group > 0) {
        evaluate_rarely(i, owners, inputs);
        i += group - 1;
      } else {
        values_[i] = evaluate(i, inputs);
      }
    }
    Vectors y;
    for (unsigned k = 0; k < options_.interleave; ++k) {
      y.push_back(operand(program_.result, k, inputs));
    }
    return y;
  }

  llvm::Value* operand(ir::Operand from, unsigned k, const Vectors& inputs) {
    if (from.is_constant()) return constant(from.index);
    return from.is_input() ? inputs[k] : values_[from.index][k];
  }

  /// Instruction i.
  Vectors evaluate(std::size_t i, const Vectors& inputs) {
    const ir::Instruction& step = program_.code[i];
    const ir::OpInfo& row = ir::info(step.op);
    Vectors result;
    for (unsigned k = 0; k < options_.interleave; ++k) {
      Site site{build_, isa_, step.type, step.immediate};
      for (std::size_t j = 0; j < row.arity; ++j) {
        const std::size_t entries = ir::table_size(row, j);
        site.operands[j] = entries > 0 ? table(step.operands[j].index, entries)
                                       : operand(step.operands[j], k, inputs);
      }
      result.push_back(find_lowering(step.op)(site));
    }
    return result;
  }

  /// The group of select_rare from place i on: its own code, and the selections, where some lane
  /// asks for them.
  void evaluate_rarely(std::size_t i, const std::vector<std::size_t>& owners,
                       const Vectors& inputs) {
    const std::vector<std::size_t> members = ir::rare_members(program_, owners, i);
    const ir::Operand asked = program_.code[i].operands[0];
    llvm::Value* condition = operand(asked, 0, inputs);
    for (unsigned k = 1; k < options_.interleave; ++k) {
      condition = build_.CreateOr(condition, operand(asked, k, inputs));
    }
    const auto each = [&](const auto& value) {
      std::vector<Vectors> values;
      for (const std::size_t j : members) values.push_back(value(j));
      return values;
    };
    // Here, since constants may have to be loaded.
    const std::vector<Vectors> usual = each([&](std::size_t j) {
      Vectors values;
      for (unsigned k = 0; k < options_.interleave; ++k) {
        values.push_back(operand(program_.code[j].operands[2], k, inputs));
      }
      return values;
    });
    llvm::BasicBlock* before = build_.GetInsertBlock();
    llvm::BasicBlock* rare = llvm::BasicBlock::Create(context(), "rare", &function_, exit_);
    llvm::BasicBlock* after = llvm::BasicBlock::Create(context(), "after", &function_, exit_);
    llvm::MDBuilder metadata(context());
    build_.CreateCondBr(build_.CreateOrReduce(condition), rare, after,
                        metadata.createBranchWeights(1, 1000));
    build_.SetInsertPoint(rare);
    for (std::size_t j = 0; j < i; ++j) {
      if (owners[j] == i) values_[j] = evaluate(j, inputs);
    }
    const std::vector<Vectors> chosen = each([&](std::size_t j) { return evaluate(j, inputs); });
    llvm::BasicBlock* rare_end = build_.GetInsertBlock();
    build_.CreateBr(after);
    build_.SetInsertPoint(after);
    for (std::size_t j = 0; j < members.size(); ++j) {
      for (unsigned k = 0; k < options_.interleave; ++k) {
        llvm::PHINode* joined = build_.CreatePHI(usual[j][k]->getType(), 2);
        joined->addIncoming(usual[j][k], before);
        joined->addIncoming(chosen[j][k], rare_end);
        values_[members[j]].push_back(joined);
      }
    }
  }

  /// Values first .. first + count - 1 of the program's own constants.
  llvm::Constant* embedded(std::size_t first, std::size_t count, ir::Type type) const {
    llvm::Type* integer = llvm::IntegerType::get(context(), scalar(type)->getScalarSizeInBits());
    std::vector<llvm::Constant*> elements;
    for (std::size_t k = first; k < first + count; ++k) {
      elements.push_back(llvm::ConstantInt::get(integer, bits_[k]));
    }
    llvm::Constant* bits = llvm::ConstantVector::get(elements);
    return llvm::ConstantExpr::getBitCast(
        bits, llvm::FixedVectorType::get(scalar(type), static_cast<unsigned>(count)));
  }

  llvm::Value* in_frame(std::size_t offset) {
    return build_.CreateConstInBoundsGEP1_64(build_.getInt8Ty(), function_.getArg(0), offset);
  }

  llvm::Value* constant(std::size_t index) {
    const ir::Type type = constant_types_[index];
    if (options_.embed_constants) {
      return llvm::ConstantVector::getSplat(llvm::ElementCount::getFixed(lanes(isa_)),
                                            embedded(index, 1, type)->getAggregateElement(0U));
    }
    return build_.CreateAlignedLoad(vector(type), in_frame(frame_.vector(index)),
                                    llvm::Align(ConstantFrame::kAlignment));
  }

  /// A pointer to the entries side by side.
  llvm::Value* table(std::size_t first, std::size_t entries) {
    if (!options_.embed_constants) return in_frame(frame_.table(first, entries));
    llvm::Constant* values = embedded(first, entries, constant_types_[first]);
    auto* place = new llvm::GlobalVariable(*function_.getParent(), values->getType(), true,
                                           llvm::GlobalValue::PrivateLinkage, values);
    place->setAlignment(llvm::Align(64));
    return place;
  }

  llvm::Function& function_;
  const ir::Program& program_;
  const Options& options_;
  const Isa isa_;
  std::vector<ir::Type> constant_types_;
  std::vector<std::uint64_t> bits_;
  std::vector<Vectors> values_;  ///< of the instructions that are written
  llvm::BasicBlock* entry_;
  llvm::BasicBlock* loop_;
  llvm::BasicBlock* exit_;
  llvm::IRBuilder<> build_;
  ConstantFrame frame_;
};

}  // namespace

void require_compilable(std::span<const ir::Program> programs, const Options& options) {
  if (options.interleave < 1 || options.interleave > 16) {
    throw std::invalid_argument(
        fmt::format("interleave is 1 to 16 vectors, not {}", options.interleave));
  }
  for (std::size_t k = 0; k < programs.size(); ++k) {
    const auto fail = [&](std::string_view what) {
      throw std::invalid_argument(fmt::format("program {} of the batch: {}", k, what));
    };
    const ir::Program& program = programs[k];
    if (const auto defect = ir::find_defect(program)) fail(*defect);
    if (program.inputs != 1) fail(fmt::format("{} inputs, not one", program.inputs));
    if (!ir::is_machine(program)) fail("real arithmetic has no machine code");
    if (ir::result_type(program) == ir::Type::Bool) fail("the result is bool, not a number");
  }
}

void add_kernel(llvm::Module& module, const std::string& symbol, const ir::Program& program,
                const Options& options, Isa isa) {
  llvm::LLVMContext& context = module.getContext();
  llvm::Type* pointer = llvm::PointerType::getUnqual(context);
  auto* type =
      llvm::FunctionType::get(llvm::Type::getVoidTy(context),
                              {pointer, pointer, pointer, llvm::Type::getInt64Ty(context)}, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, symbol, module);
  function->setDoesNotThrow();
  // The frame is the call's own, so that optimised code reads it once, before the loop.
  function->addParamAttr(0, llvm::Attribute::NoAlias);
  function->addParamAttr(0, llvm::Attribute::ReadOnly);
  if (isa != Isa::Generic && architecture(isa) != Architecture::AArch64) {
    function->addFnAttr("tune-cpu", kTunedFor);
  }
  Kernel(*function, program, options, isa).write();
}

}  // namespace ulpforge::jit
