#include "jit/kernel.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <map>
#include <utility>
#include <vector>

#include "jit/lowering.h"
#include "jit/target_machine.h"

namespace ulpforge::jit {
namespace {

/// Writes one kernel: the entry block makes the constants' vectors and tables, the loop evaluates a
/// block of points in each turn.
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
        before_(entry_),
        build_(loop_) {
    if (options.embed_constants) bits_ = ir::constant_bits(program);
  }

  void write() {
    llvm::PHINode* block = build_.CreatePHI(build_.getInt64Ty(), 2);
    llvm::Value* first = build_.CreateMul(
        block, build_.getInt64(block_size(options_, isa_)), "", true, true);
    const std::vector<llvm::Value*> inputs = load(first);
    store(first, evaluate(inputs));
    llvm::Value* next = build_.CreateAdd(block, build_.getInt64(1), "", true, true);
    build_.CreateCondBr(build_.CreateICmpEQ(next, function_.getArg(3)), exit_, loop_);
    block->addIncoming(build_.getInt64(0), entry_);
    block->addIncoming(next, loop_);
    before_.CreateBr(loop_);
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
    std::vector<Vectors> values;
    const auto operand = [&](ir::Operand from, unsigned k) {
      if (from.is_constant()) return constant(from.index);
      return from.is_input() ? inputs[k] : values[from.index][k];
    };
    for (const ir::Instruction& step : program_.code) {
      const ir::OpInfo& row = ir::info(step.op);
      Vectors& result = values.emplace_back();
      for (unsigned k = 0; k < options_.interleave; ++k) {
        Site site{build_, isa_, step.type, step.immediate};
        for (std::size_t i = 0; i < row.arity; ++i) {
          const std::size_t entries = ir::table_size(row, i);
          site.operands[i] = entries > 0 ? table(step.operands[i].index, entries)
                                         : operand(step.operands[i], k);
        }
        result.push_back(find_lowering(step.op)(site));
      }
    }
    Vectors y;
    for (unsigned k = 0; k < options_.interleave; ++k) y.push_back(operand(program_.result, k));
    return y;
  }

  /// Slots first .. first + count - 1 as a vector of values of that type, in the entry block.
  llvm::Value* slots(std::size_t first, std::size_t count, ir::Type type) {
    const unsigned width = scalar(type)->getScalarSizeInBits();
    const auto of = [&](llvm::Type* element) {
      return llvm::FixedVectorType::get(element, static_cast<unsigned>(count));
    };
    llvm::Value* bits = nullptr;
    if (options_.embed_constants) {
      std::vector<llvm::Constant*> elements;
      for (std::size_t k = first; k < first + count; ++k) {
        elements.push_back(llvm::ConstantInt::get(build_.getIntNTy(width), bits_[k]));
      }
      bits = llvm::ConstantVector::get(elements);
    } else {
      llvm::Value* place = before_.CreateConstInBoundsGEP1_64(before_.getInt64Ty(),
                                                              function_.getArg(0), first);
      bits = before_.CreateTrunc(
          before_.CreateAlignedLoad(of(before_.getInt64Ty()), place, llvm::Align(8)),
          of(build_.getIntNTy(width)));
    }
    return before_.CreateBitCast(bits, of(scalar(type)));
  }

  llvm::Value* constant(std::size_t index) {
    llvm::Value*& vector = constants_[index];
    if (vector == nullptr) {
      const ir::Type type = constant_types_[index];
      vector = before_.CreateVectorSplat(
          lanes(isa_), before_.CreateExtractElement(slots(index, 1, type), std::uint64_t{0}));
    }
    return vector;
  }

  /// A pointer to the entries side by side.
  llvm::Value* table(std::size_t first, std::size_t entries) {
    llvm::Value*& place = tables_[{first, entries}];
    if (place == nullptr) {
      llvm::Value* vector = slots(first, entries, constant_types_[first]);
      llvm::AllocaInst* memory = before_.CreateAlloca(vector->getType());
      memory->setAlignment(llvm::Align(64));
      before_.CreateAlignedStore(vector, memory, llvm::Align(64));
      place = memory;
    }
    return place;
  }

  llvm::Function& function_;
  const ir::Program& program_;
  const Options& options_;
  const Isa isa_;
  std::vector<ir::Type> constant_types_;
  std::vector<std::uint64_t> bits_;
  llvm::BasicBlock* entry_;
  llvm::BasicBlock* loop_;
  llvm::BasicBlock* exit_;
  llvm::IRBuilder<> before_;  ///< writes into the entry block
  llvm::IRBuilder<> build_;   ///< writes into the loop
  std::map<std::size_t, llvm::Value*> constants_;
  std::map<std::pair<std::size_t, std::size_t>, llvm::Value*> tables_;
};

}  // namespace

void add_kernel(llvm::Module& module, const std::string& symbol, const ir::Program& program,
                const Options& options, Isa isa) {
  llvm::LLVMContext& context = module.getContext();
  llvm::Type* pointer = llvm::PointerType::getUnqual(context);
  auto* type = llvm::FunctionType::get(
      llvm::Type::getVoidTy(context), {pointer, pointer, pointer, llvm::Type::getInt64Ty(context)},
      false);
  auto* function =
      llvm::Function::Create(type, llvm::Function::ExternalLinkage, symbol, module);
  function->setDoesNotThrow();
  if (isa != Isa::Generic) function->addFnAttr("tune-cpu", kTunedFor);
  Kernel(*function, program, options, isa).write();
}

}  // namespace ulpforge::jit
