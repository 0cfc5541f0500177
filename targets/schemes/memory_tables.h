// Tables in memory, made by memory_tables.py: do not edit.
#pragma once

#include <string_view>

namespace ulpforge::targets::scheme_text {

// 2^(i/64)
inline constexpr std::string_view kPowers64 =
    R"(t0: i64 = 0x3ff0000000000000; t1: i64 = 0x3fefec9a3e778061; t2: i64 = 0x3fefd9b0d3158574
t3: i64 = 0x3fefc74518759bc8; t4: i64 = 0x3fefb5586cf9890f; t5: i64 = 0x3fefa3ec32d3d1a2
t6: i64 = 0x3fef9301d0125b51; t7: i64 = 0x3fef829aaea92de0; t8: i64 = 0x3fef72b83c7d517b
t9: i64 = 0x3fef635beb6fcb75; t10: i64 = 0x3fef54873168b9aa; t11: i64 = 0x3fef463b88628cd6
t12: i64 = 0x3fef387a6e756238; t13: i64 = 0x3fef2b4565e27cdd; t14: i64 = 0x3fef1e9df51fdee1
t15: i64 = 0x3fef1285a6e4030b; t16: i64 = 0x3fef06fe0a31b715; t17: i64 = 0x3feefc08b26416ff
t18: i64 = 0x3feef1a7373aa9cb; t19: i64 = 0x3feee7db34e59ff7; t20: i64 = 0x3feedea64c123422
t21: i64 = 0x3feed60a21f72e2a; t22: i64 = 0x3feece086061892d; t23: i64 = 0x3feec6a2b5c13cd0
t24: i64 = 0x3feebfdad5362a27; t25: i64 = 0x3feeb9b2769d2ca7; t26: i64 = 0x3feeb42b569d4f82
t27: i64 = 0x3feeaf4736b527da; t28: i64 = 0x3feeab07dd485429; t29: i64 = 0x3feea76f15ad2148
t30: i64 = 0x3feea47eb03a5585; t31: i64 = 0x3feea23882552225; t32: i64 = 0x3feea09e667f3bcd
t33: i64 = 0x3fee9fb23c651a2f; t34: i64 = 0x3fee9f75e8ec5f74; t35: i64 = 0x3fee9feb564267c9
t36: i64 = 0x3feea11473eb0187; t37: i64 = 0x3feea2f336cf4e62; t38: i64 = 0x3feea589994cce13
t39: i64 = 0x3feea8d99b4492ed; t40: i64 = 0x3feeace5422aa0db; t41: i64 = 0x3feeb1ae99157736
t42: i64 = 0x3feeb737b0cdc5e5; t43: i64 = 0x3feebd829fde4e50; t44: i64 = 0x3feec49182a3f090
t45: i64 = 0x3feecc667b5de565; t46: i64 = 0x3feed503b23e255d; t47: i64 = 0x3feede6b5579fdbf
t48: i64 = 0x3feee89f995ad3ad; t49: i64 = 0x3feef3a2b84f15fb; t50: i64 = 0x3feeff76f2fb5e47
t51: i64 = 0x3fef0c1e904bc1d2; t52: i64 = 0x3fef199bdd85529c; t53: i64 = 0x3fef27f12e57d14b
t54: i64 = 0x3fef3720dcef9069; t55: i64 = 0x3fef472d4a07897c; t56: i64 = 0x3fef5818dcfba487
t57: i64 = 0x3fef69e603db3285; t58: i64 = 0x3fef7c97337b9b5f; t59: i64 = 0x3fef902ee78b3ff6
t60: i64 = 0x3fefa4afa2a490da; t61: i64 = 0x3fefba1bee615a27; t62: i64 = 0x3fefd0765b6e4540
t63: i64 = 0x3fefe7c1819e90d8
)";

// 2^(i/128)
inline constexpr std::string_view kPowers128 =
    R"(t0: i64 = 0x3ff0000000000000; t1: i64 = 0x3feff63da9fb3335; t2: i64 = 0x3fefec9a3e778061
t3: i64 = 0x3fefe315e86e7f85; t4: i64 = 0x3fefd9b0d3158574; t5: i64 = 0x3fefd06b29ddf6de
t6: i64 = 0x3fefc74518759bc8; t7: i64 = 0x3fefbe3ecac6f383; t8: i64 = 0x3fefb5586cf9890f
t9: i64 = 0x3fefac922b7247f7; t10: i64 = 0x3fefa3ec32d3d1a2; t11: i64 = 0x3fef9b66affed31b
t12: i64 = 0x3fef9301d0125b51; t13: i64 = 0x3fef8abdc06c31cc; t14: i64 = 0x3fef829aaea92de0
t15: i64 = 0x3fef7a98c8a58e51; t16: i64 = 0x3fef72b83c7d517b; t17: i64 = 0x3fef6af9388c8dea
t18: i64 = 0x3fef635beb6fcb75; t19: i64 = 0x3fef5be084045cd4; t20: i64 = 0x3fef54873168b9aa
t21: i64 = 0x3fef4d5022fcd91d; t22: i64 = 0x3fef463b88628cd6; t23: i64 = 0x3fef3f49917ddc96
t24: i64 = 0x3fef387a6e756238; t25: i64 = 0x3fef31ce4fb2a63f; t26: i64 = 0x3fef2b4565e27cdd
t27: i64 = 0x3fef24dfe1f56381; t28: i64 = 0x3fef1e9df51fdee1; t29: i64 = 0x3fef187fd0dad990
t30: i64 = 0x3fef1285a6e4030b; t31: i64 = 0x3fef0cafa93e2f56; t32: i64 = 0x3fef06fe0a31b715
t33: i64 = 0x3fef0170fc4cd831; t34: i64 = 0x3feefc08b26416ff; t35: i64 = 0x3feef6c55f929ff1
t36: i64 = 0x3feef1a7373aa9cb; t37: i64 = 0x3feeecae6d05d866; t38: i64 = 0x3feee7db34e59ff7
t39: i64 = 0x3feee32dc313a8e5; t40: i64 = 0x3feedea64c123422; t41: i64 = 0x3feeda4504ac801c
t42: i64 = 0x3feed60a21f72e2a; t43: i64 = 0x3feed1f5d950a897; t44: i64 = 0x3feece086061892d
t45: i64 = 0x3feeca41ed1d0057; t46: i64 = 0x3feec6a2b5c13cd0; t47: i64 = 0x3feec32af0d7d3de
t48: i64 = 0x3feebfdad5362a27; t49: i64 = 0x3feebcb299fddd0d; t50: i64 = 0x3feeb9b2769d2ca7
t51: i64 = 0x3feeb6daa2cf6642; t52: i64 = 0x3feeb42b569d4f82; t53: i64 = 0x3feeb1a4ca5d920f
t54: i64 = 0x3feeaf4736b527da; t55: i64 = 0x3feead12d497c7fd; t56: i64 = 0x3feeab07dd485429
t57: i64 = 0x3feea9268a5946b7; t58: i64 = 0x3feea76f15ad2148; t59: i64 = 0x3feea5e1b976dc09
t60: i64 = 0x3feea47eb03a5585; t61: i64 = 0x3feea34634ccc320; t62: i64 = 0x3feea23882552225
t63: i64 = 0x3feea155d44ca973; t64: i64 = 0x3feea09e667f3bcd; t65: i64 = 0x3feea012750bdabf
t66: i64 = 0x3fee9fb23c651a2f; t67: i64 = 0x3fee9f7df9519484; t68: i64 = 0x3fee9f75e8ec5f74
t69: i64 = 0x3fee9f9a48a58174; t70: i64 = 0x3fee9feb564267c9; t71: i64 = 0x3feea0694fde5d3f
t72: i64 = 0x3feea11473eb0187; t73: i64 = 0x3feea1ed0130c132; t74: i64 = 0x3feea2f336cf4e62
t75: i64 = 0x3feea427543e1a12; t76: i64 = 0x3feea589994cce13; t77: i64 = 0x3feea71a4623c7ad
t78: i64 = 0x3feea8d99b4492ed; t79: i64 = 0x3feeaac7d98a6699; t80: i64 = 0x3feeace5422aa0db
t81: i64 = 0x3feeaf3216b5448c; t82: i64 = 0x3feeb1ae99157736; t83: i64 = 0x3feeb45b0b91ffc6
t84: i64 = 0x3feeb737b0cdc5e5; t85: i64 = 0x3feeba44cbc8520f; t86: i64 = 0x3feebd829fde4e50
t87: i64 = 0x3feec0f170ca07ba; t88: i64 = 0x3feec49182a3f090; t89: i64 = 0x3feec86319e32323
t90: i64 = 0x3feecc667b5de565; t91: i64 = 0x3feed09bec4a2d33; t92: i64 = 0x3feed503b23e255d
t93: i64 = 0x3feed99e1330b358; t94: i64 = 0x3feede6b5579fdbf; t95: i64 = 0x3feee36bbfd3f37a
t96: i64 = 0x3feee89f995ad3ad; t97: i64 = 0x3feeee07298db666; t98: i64 = 0x3feef3a2b84f15fb
t99: i64 = 0x3feef9728de5593a; t100: i64 = 0x3feeff76f2fb5e47; t101: i64 = 0x3fef05b030a1064a
t102: i64 = 0x3fef0c1e904bc1d2; t103: i64 = 0x3fef12c25bd71e09; t104: i64 = 0x3fef199bdd85529c
t105: i64 = 0x3fef20ab5fffd07a; t106: i64 = 0x3fef27f12e57d14b; t107: i64 = 0x3fef2f6d9406e7b5
t108: i64 = 0x3fef3720dcef9069; t109: i64 = 0x3fef3f0b555dc3fa; t110: i64 = 0x3fef472d4a07897c
t111: i64 = 0x3fef4f87080d89f2; t112: i64 = 0x3fef5818dcfba487; t113: i64 = 0x3fef60e316c98398
t114: i64 = 0x3fef69e603db3285; t115: i64 = 0x3fef7321f301b460; t116: i64 = 0x3fef7c97337b9b5f
t117: i64 = 0x3fef864614f5a129; t118: i64 = 0x3fef902ee78b3ff6; t119: i64 = 0x3fef9a51fbc74c83
t120: i64 = 0x3fefa4afa2a490da; t121: i64 = 0x3fefaf482d8e67f1; t122: i64 = 0x3fefba1bee615a27
t123: i64 = 0x3fefc52b376bba97; t124: i64 = 0x3fefd0765b6e4540; t125: i64 = 0x3fefdbfdad9cbe14
t126: i64 = 0x3fefe7c1819e90d8; t127: i64 = 0x3feff3c22b8f71f1
)";

// 2^(i/256)
inline constexpr std::string_view kPowers256 =
    R"(t0: i64 = 0x3ff0000000000000; t1: i64 = 0x3feffb1afa5abcbf; t2: i64 = 0x3feff63da9fb3335
t3: i64 = 0x3feff168143b0281; t4: i64 = 0x3fefec9a3e778061; t5: i64 = 0x3fefe7d42e11bbcc
t6: i64 = 0x3fefe315e86e7f85; t7: i64 = 0x3fefde5f72f654b1; t8: i64 = 0x3fefd9b0d3158574
t9: i64 = 0x3fefd50a0e3c1f89; t10: i64 = 0x3fefd06b29ddf6de; t11: i64 = 0x3fefcbd42b72a836
t12: i64 = 0x3fefc74518759bc8; t13: i64 = 0x3fefc2bdf66607e0; t14: i64 = 0x3fefbe3ecac6f383
t15: i64 = 0x3fefb9c79b1f3919; t16: i64 = 0x3fefb5586cf9890f; t17: i64 = 0x3fefb0f145e46c85
t18: i64 = 0x3fefac922b7247f7; t19: i64 = 0x3fefa83b23395dec; t20: i64 = 0x3fefa3ec32d3d1a2
t21: i64 = 0x3fef9fa55fdfa9c5; t22: i64 = 0x3fef9b66affed31b; t23: i64 = 0x3fef973028d7233e
t24: i64 = 0x3fef9301d0125b51; t25: i64 = 0x3fef8edbab5e2ab6; t26: i64 = 0x3fef8abdc06c31cc
t27: i64 = 0x3fef86a814f204ab; t28: i64 = 0x3fef829aaea92de0; t29: i64 = 0x3fef7e95934f312e
t30: i64 = 0x3fef7a98c8a58e51; t31: i64 = 0x3fef76a45471c3c2; t32: i64 = 0x3fef72b83c7d517b
t33: i64 = 0x3fef6ed48695bbc0; t34: i64 = 0x3fef6af9388c8dea; t35: i64 = 0x3fef672658375d2f
t36: i64 = 0x3fef635beb6fcb75; t37: i64 = 0x3fef5f99f8138a1c; t38: i64 = 0x3fef5be084045cd4
t39: i64 = 0x3fef582f95281c6b; t40: i64 = 0x3fef54873168b9aa; t41: i64 = 0x3fef50e75eb44027
t42: i64 = 0x3fef4d5022fcd91d; t43: i64 = 0x3fef49c18438ce4d; t44: i64 = 0x3fef463b88628cd6
t45: i64 = 0x3fef42be3578a819; t46: i64 = 0x3fef3f49917ddc96; t47: i64 = 0x3fef3bdda27912d1
t48: i64 = 0x3fef387a6e756238; t49: i64 = 0x3fef351ffb82140a; t50: i64 = 0x3fef31ce4fb2a63f
t51: i64 = 0x3fef2e85711ece75; t52: i64 = 0x3fef2b4565e27cdd; t53: i64 = 0x3fef280e341ddf29
t54: i64 = 0x3fef24dfe1f56381; t55: i64 = 0x3fef21ba7591bb70; t56: i64 = 0x3fef1e9df51fdee1
t57: i64 = 0x3fef1b8a66d10f13; t58: i64 = 0x3fef187fd0dad990; t59: i64 = 0x3fef157e39771b2f
t60: i64 = 0x3fef1285a6e4030b; t61: i64 = 0x3fef0f961f641589; t62: i64 = 0x3fef0cafa93e2f56
t63: i64 = 0x3fef09d24abd886b; t64: i64 = 0x3fef06fe0a31b715; t65: i64 = 0x3fef0432edeeb2fd
t66: i64 = 0x3fef0170fc4cd831; t67: i64 = 0x3feefeb83ba8ea32; t68: i64 = 0x3feefc08b26416ff
t69: i64 = 0x3feef96266e3fa2d; t70: i64 = 0x3feef6c55f929ff1; t71: i64 = 0x3feef431a2de883b
t72: i64 = 0x3feef1a7373aa9cb; t73: i64 = 0x3feeef26231e754a; t74: i64 = 0x3feeecae6d05d866
t75: i64 = 0x3feeea401b7140ef; t76: i64 = 0x3feee7db34e59ff7; t77: i64 = 0x3feee57fbfec6cf4
t78: i64 = 0x3feee32dc313a8e5; t79: i64 = 0x3feee0e544ede173; t80: i64 = 0x3feedea64c123422
t81: i64 = 0x3feedc70df1c5175; t82: i64 = 0x3feeda4504ac801c; t83: i64 = 0x3feed822c367a024
t84: i64 = 0x3feed60a21f72e2a; t85: i64 = 0x3feed3fb2709468a; t86: i64 = 0x3feed1f5d950a897
t87: i64 = 0x3feecffa3f84b9d4; t88: i64 = 0x3feece086061892d; t89: i64 = 0x3feecc2042a7d232
t90: i64 = 0x3feeca41ed1d0057; t91: i64 = 0x3feec86d668b3237; t92: i64 = 0x3feec6a2b5c13cd0
t93: i64 = 0x3feec4e1e192aed2; t94: i64 = 0x3feec32af0d7d3de; t95: i64 = 0x3feec17dea6db7d7
t96: i64 = 0x3feebfdad5362a27; t97: i64 = 0x3feebe41b817c114; t98: i64 = 0x3feebcb299fddd0d
t99: i64 = 0x3feebb2d81d8abff; t100: i64 = 0x3feeb9b2769d2ca7; t101: i64 = 0x3feeb8417f4531ee
t102: i64 = 0x3feeb6daa2cf6642; t103: i64 = 0x3feeb57de83f4eef; t104: i64 = 0x3feeb42b569d4f82
t105: i64 = 0x3feeb2e2f4f6ad27; t106: i64 = 0x3feeb1a4ca5d920f; t107: i64 = 0x3feeb070dde910d2
t108: i64 = 0x3feeaf4736b527da; t109: i64 = 0x3feeae27dbe2c4cf; t110: i64 = 0x3feead12d497c7fd
t111: i64 = 0x3feeac0827ff07cc; t112: i64 = 0x3feeab07dd485429; t113: i64 = 0x3feeaa11fba87a03
t114: i64 = 0x3feea9268a5946b7; t115: i64 = 0x3feea84590998b93; t116: i64 = 0x3feea76f15ad2148
t117: i64 = 0x3feea6a320dceb71; t118: i64 = 0x3feea5e1b976dc09; t119: i64 = 0x3feea52ae6cdf6f4
t120: i64 = 0x3feea47eb03a5585; t121: i64 = 0x3feea3dd1d1929fd; t122: i64 = 0x3feea34634ccc320
t123: i64 = 0x3feea2b9febc8fb7; t124: i64 = 0x3feea23882552225; t125: i64 = 0x3feea1c1c70833f6
t126: i64 = 0x3feea155d44ca973; t127: i64 = 0x3feea0f4b19e9538; t128: i64 = 0x3feea09e667f3bcd
t129: i64 = 0x3feea052fa75173e; t130: i64 = 0x3feea012750bdabf; t131: i64 = 0x3fee9fdcddd47645
t132: i64 = 0x3fee9fb23c651a2f; t133: i64 = 0x3fee9f9298593ae5; t134: i64 = 0x3fee9f7df9519484
t135: i64 = 0x3fee9f7466f42e87; t136: i64 = 0x3fee9f75e8ec5f74; t137: i64 = 0x3fee9f8286ead08a
t138: i64 = 0x3fee9f9a48a58174; t139: i64 = 0x3fee9fbd35d7cbfd; t140: i64 = 0x3fee9feb564267c9
t141: i64 = 0x3feea024b1ab6e09; t142: i64 = 0x3feea0694fde5d3f; t143: i64 = 0x3feea0b938ac1cf6
t144: i64 = 0x3feea11473eb0187; t145: i64 = 0x3feea17b0976cfdb; t146: i64 = 0x3feea1ed0130c132
t147: i64 = 0x3feea26a62ff86f0; t148: i64 = 0x3feea2f336cf4e62; t149: i64 = 0x3feea3878491c491
t150: i64 = 0x3feea427543e1a12; t151: i64 = 0x3feea4d2add106d9; t152: i64 = 0x3feea589994cce13
t153: i64 = 0x3feea64c1eb941f7; t154: i64 = 0x3feea71a4623c7ad; t155: i64 = 0x3feea7f4179f5b21
t156: i64 = 0x3feea8d99b4492ed; t157: i64 = 0x3feea9cad931a436; t158: i64 = 0x3feeaac7d98a6699
t159: i64 = 0x3feeabd0a478580f; t160: i64 = 0x3feeace5422aa0db; t161: i64 = 0x3feeae05bad61778
t162: i64 = 0x3feeaf3216b5448c; t163: i64 = 0x3feeb06a5e0866d9; t164: i64 = 0x3feeb1ae99157736
t165: i64 = 0x3feeb2fed0282c8a; t166: i64 = 0x3feeb45b0b91ffc6; t167: i64 = 0x3feeb5c353aa2fe2
t168: i64 = 0x3feeb737b0cdc5e5; t169: i64 = 0x3feeb8b82b5f98e5; t170: i64 = 0x3feeba44cbc8520f
t171: i64 = 0x3feebbdd9a7670b3; t172: i64 = 0x3feebd829fde4e50; t173: i64 = 0x3feebf33e47a22a2
t174: i64 = 0x3feec0f170ca07ba; t175: i64 = 0x3feec2bb4d53fe0d; t176: i64 = 0x3feec49182a3f090
t177: i64 = 0x3feec674194bb8d5; t178: i64 = 0x3feec86319e32323; t179: i64 = 0x3feeca5e8d07f29e
t180: i64 = 0x3feecc667b5de565; t181: i64 = 0x3feece7aed8eb8bb; t182: i64 = 0x3feed09bec4a2d33
t183: i64 = 0x3feed2c980460ad8; t184: i64 = 0x3feed503b23e255d; t185: i64 = 0x3feed74a8af46052
t186: i64 = 0x3feed99e1330b358; t187: i64 = 0x3feedbfe53c12e59; t188: i64 = 0x3feede6b5579fdbf
t189: i64 = 0x3feee0e521356eba; t190: i64 = 0x3feee36bbfd3f37a; t191: i64 = 0x3feee5ff3a3c2774
t192: i64 = 0x3feee89f995ad3ad; t193: i64 = 0x3feeeb4ce622f2ff; t194: i64 = 0x3feeee07298db666
t195: i64 = 0x3feef0ce6c9a8952; t196: i64 = 0x3feef3a2b84f15fb; t197: i64 = 0x3feef68415b749b1
t198: i64 = 0x3feef9728de5593a; t199: i64 = 0x3feefc6e29f1c52a; t200: i64 = 0x3feeff76f2fb5e47
t201: i64 = 0x3fef028cf22749e4; t202: i64 = 0x3fef05b030a1064a; t203: i64 = 0x3fef08e0b79a6f1f
t204: i64 = 0x3fef0c1e904bc1d2; t205: i64 = 0x3fef0f69c3f3a207; t206: i64 = 0x3fef12c25bd71e09
t207: i64 = 0x3fef16286141b33d; t208: i64 = 0x3fef199bdd85529c; t209: i64 = 0x3fef1d1cd9fa652c
t210: i64 = 0x3fef20ab5fffd07a; t211: i64 = 0x3fef244778fafb22; t212: i64 = 0x3fef27f12e57d14b
t213: i64 = 0x3fef2ba88988c933; t214: i64 = 0x3fef2f6d9406e7b5; t215: i64 = 0x3fef33405751c4db
t216: i64 = 0x3fef3720dcef9069; t217: i64 = 0x3fef3b0f2e6d1675; t218: i64 = 0x3fef3f0b555dc3fa
t219: i64 = 0x3fef43155b5bab74; t220: i64 = 0x3fef472d4a07897c; t221: i64 = 0x3fef4b532b08c968
t222: i64 = 0x3fef4f87080d89f2; t223: i64 = 0x3fef53c8eacaa1d6; t224: i64 = 0x3fef5818dcfba487
t225: i64 = 0x3fef5c76e862e6d3; t226: i64 = 0x3fef60e316c98398; t227: i64 = 0x3fef655d71ff6075
t228: i64 = 0x3fef69e603db3285; t229: i64 = 0x3fef6e7cd63a8315; t230: i64 = 0x3fef7321f301b460
t231: i64 = 0x3fef77d5641c0658; t232: i64 = 0x3fef7c97337b9b5f; t233: i64 = 0x3fef81676b197d17
t234: i64 = 0x3fef864614f5a129; t235: i64 = 0x3fef8b333b16ee12; t236: i64 = 0x3fef902ee78b3ff6
t237: i64 = 0x3fef953924676d76; t238: i64 = 0x3fef9a51fbc74c83; t239: i64 = 0x3fef9f7977cdb740
t240: i64 = 0x3fefa4afa2a490da; t241: i64 = 0x3fefa9f4867cca6e; t242: i64 = 0x3fefaf482d8e67f1
t243: i64 = 0x3fefb4aaa2188510; t244: i64 = 0x3fefba1bee615a27; t245: i64 = 0x3fefbf9c1cb6412a
t246: i64 = 0x3fefc52b376bba97; t247: i64 = 0x3fefcac948dd7274; t248: i64 = 0x3fefd0765b6e4540
t249: i64 = 0x3fefd632798844f8; t250: i64 = 0x3fefdbfdad9cbe14; t251: i64 = 0x3fefe1d802243c89
t252: i64 = 0x3fefe7c1819e90d8; t253: i64 = 0x3fefedba3692d514; t254: i64 = 0x3feff3c22b8f71f1
t255: i64 = 0x3feff9d96b2a23d9
)";

// What 2^(i/128) lost
inline constexpr std::string_view kLostOfPowers128 =
    R"(d0: f64 = 0x0p+0; d1: f64 = 0x1.b3b4f1a88bf6ep-54; d2: f64 = -0x1.160139cd8dc5dp-56
d3: f64 = -0x1.05e7a108766d1p-54; d4: f64 = 0x1.cd2523567f613p-55; d5: f64 = -0x1.bce8023f98efap-55
d6: f64 = 0x1.0f74e61e6c861p-57; d7: f64 = 0x1.0a3e45b33d399p-54; d8: f64 = 0x1.79aa65d837b6dp-54
d9: f64 = 0x1.eb51a92fdeffcp-55; d10: f64 = 0x1.ebe3d702f9cd1p-60; d11: f64 = -0x1.a033489906e0bp-57
d12: f64 = -0x1.556522a2fbd0ep-54; d13: f64 = -0x1.080ef8c4eea55p-58; d14: f64 = -0x1.1c923b9d5f416p-54
d15: f64 = 0x1.0d3e3e95c55afp-55; d16: f64 = -0x1.01b15eaa59348p-55; d17: f64 = -0x1.f1ff055de323dp-55
d18: f64 = 0x1.b898c3f1353bfp-55; d19: f64 = -0x1.6d99c7611eb26p-54; d20: f64 = 0x1.aecf73e3a2f6p-54
d21: f64 = -0x1.fe782cb86389dp-55; d22: f64 = 0x1.a6f4144a6c38dp-55; d23: f64 = 0x1.07a05b0e4047dp-55
d24: f64 = 0x1.68efde3a8a894p-54; d25: f64 = 0x1.75e18f274487dp-55; d26: f64 = 0x1.0472b981fe7f2p-55
d27: f64 = -0x1.6b87b3f71085ep-54; d28: f64 = 0x1.2f7e16d09ab31p-55; d29: f64 = -0x1.d219b1a6fbffap-60
d30: f64 = 0x1.b3782720c0ab4p-55; d31: f64 = 0x1.e149289cecb8fp-57; d32: f64 = 0x1.34d754db0abb6p-55
d33: f64 = 0x1.64201e2ac744cp-55; d34: f64 = 0x1.fdd395dd3f84ap-55; d35: f64 = -0x1.6a3803b8e5b04p-55
d36: f64 = -0x1.24aedcc4b5068p-54; d37: f64 = -0x1.907f81b512d8ep-54; d38: f64 = -0x1.1d1e83e9436d2p-56
d39: f64 = -0x1.91919b3ce1b15p-54; d40: f64 = 0x1.59f48a72a4c6dp-55; d41: f64 = -0x1.312607a28698ap-54
d42: f64 = -0x1.8a78f4817895bp-58; d43: f64 = -0x1.c2c9b67499a1bp-56; d44: f64 = 0x1.363ed60c2ac11p-59
d45: f64 = 0x1.666093b0664efp-54; d46: f64 = 0x1.ecce1daa10379p-57; d47: f64 = 0x1.3ff8e3f0f123p-54
d48: f64 = 0x1.690cebb7aafbp-56; d49: f64 = 0x1.31dbdeb54e077p-54; d50: f64 = -0x1.f94340071a38ep-55
d51: f64 = -0x1.7deccdc93a349p-55; d52: f64 = -0x1.8dec6bd0f385fp-56; d53: f64 = -0x1.61246ec7b5cf6p-55
d54: f64 = 0x1.3350518fdd78ep-54; d55: f64 = 0x1.b98b72f8a9b05p-56; d56: f64 = 0x1.063e1e21c5409p-54
d57: f64 = 0x1.4c7855019c6eap-60; d58: f64 = 0x1.432e62b64c035p-54; d59: f64 = -0x1.ce44a6199769fp-55
d60: f64 = -0x1.c33c53bef4da8p-55; d61: f64 = -0x1.45378892be9aep-55; d62: f64 = -0x1.3cedd78565858p-54
d63: f64 = 0x1.710aa807e1964p-58; d64: f64 = -0x1.3b3efbf5e2228p-54; d65: f64 = -0x1.a12ad8734b982p-57
d66: f64 = -0x1.367efb86da9eep-57; d67: f64 = -0x1.0dc3d54e08851p-55; d68: f64 = -0x1.81f647e5a3ecfp-56
d69: f64 = -0x1.6ee4ac08b7dbp-55; d70: f64 = -0x1.619321e55e68ap-55; d71: f64 = 0x1.09ccb5e09d4d3p-54
d72: f64 = -0x1.b32dcb94da51dp-56; d73: f64 = 0x1.4ecfd5467c06bp-54; d74: f64 = 0x1.5ebe1abd66c55p-57
d75: f64 = -0x1.8a1c52fb3cf42p-55; d76: f64 = -0x1.369b6f13b3734p-54; d77: f64 = -0x1.05e843a19ff1ep-55
d78: f64 = -0x1.4d450d872576ep-54; d79: f64 = 0x1.0ad675b0e8ap-54; d80: f64 = 0x1.db72fc1f0eab4p-55
d81: f64 = -0x1.5b6609cc5e7ffp-57; d82: f64 = 0x1.bf68359f35f44p-56; d83: f64 = -0x1.3091fa71e3d83p-54
d84: f64 = -0x1.da9b88b6c1e29p-58; d85: f64 = -0x1.c23f97c90b959p-57; d86: f64 = -0x1.2434322f4f9aap-54
d87: f64 = -0x1.5ca6cd7668e4bp-55; d88: f64 = 0x1.1affc2b91ce27p-56; d89: f64 = 0x1.dd235e10a73bbp-57
d90: f64 = -0x1.7c50422622263p-55; d91: f64 = 0x1.b1c86e3e231d5p-55; d92: f64 = -0x1.1bbd1d3bcbb15p-54
d93: f64 = 0x1.0cc319cee31d2p-54; d94: f64 = 0x1.469846e735ab3p-55; d95: f64 = -0x1.2dfcd978e9db4p-55
d96: f64 = 0x1.c1a7792cb3387p-55; d97: f64 = -0x1.07b8f4ad1d9fap-54; d98: f64 = -0x1.5c3d956dcaebap-58
d99: f64 = -0x1.0a40e3da6f64p-54; d100: f64 = -0x1.8d6f438ad9334p-57; d101: f64 = -0x1.1eee26b588a35p-54
d102: f64 = 0x1.4ffd70a5fddcdp-56; d103: f64 = -0x1.1bdfbfa9298acp-54; d104: f64 = 0x1.36eae30af0cb3p-56
d105: f64 = 0x1.ee3325c9ffd94p-55; d106: f64 = 0x1.4e08fd10959acp-55; d107: f64 = 0x1.3cdaf384e1a67p-57
d108: f64 = 0x1.76b2c6c921968p-57; d109: f64 = -0x1.08a1883ccb5d2p-55; d110: f64 = -0x1.fad5d3ffffa6fp-55
d111: f64 = -0x1.00dae3875a949p-54; d112: f64 = 0x1.4a385a63d07a7p-56; d113: f64 = -0x1.2919e2040220fp-55
d114: f64 = 0x1.e5a50d5c192acp-55; d115: f64 = 0x1.43a59ac016b4bp-55; d116: f64 = -0x1.2d52107b43e1fp-55
d117: f64 = -0x1.92ab93b470dc9p-55; d118: f64 = 0x1.4b604603a88d3p-56; d119: f64 = 0x1.3c5ec519d7271p-55
d120: f64 = -0x1.ff7128fd391fp-55; d121: f64 = -0x1.dae98e223747dp-55; d122: f64 = 0x1.ec3bc41aa2008p-55
d123: f64 = 0x1.42b94c3a9eb32p-55; d124: f64 = 0x1.a64a931d185eep-55; d125: f64 = -0x1.e37bae43be3edp-55
d126: f64 = 0x1.7893b4d91cd9dp-56; d127: f64 = 0x1.305c14160cc89p-58
)";

// Where the intervals of mantissas begin.
inline constexpr std::string_view kMantissaOffset = "mantissa_offset: i64 = 0x3fe6700000000000\n";

// 1/m, and log(m) to base e
inline constexpr std::string_view kMemoryLogarithms =
    R"(c0: f64 = 0x1.6c16abep+0; c1: f64 = 0x1.6a14403p+0; c2: f64 = 0x1.6816533p+0; c3: f64 = 0x1.661f004p+0
c4: f64 = 0x1.642c9a6p+0; c5: f64 = 0x1.623faefp+0; c6: f64 = 0x1.6057ddbp+0; c7: f64 = 0x1.5e758a6p+0
c8: f64 = 0x1.5c9861fp+0; c9: f64 = 0x1.5ac0cbbp+0; c10: f64 = 0x1.58ecee5p+0; c11: f64 = 0x1.571f46dp+0
c12: f64 = 0x1.55551edp+0; c13: f64 = 0x1.5390abap+0; c14: f64 = 0x1.51d07f6p+0; c15: f64 = 0x1.50156fdp+0
c16: f64 = 0x1.4e5e047p+0; c17: f64 = 0x1.4cab403p+0; c18: f64 = 0x1.4afd641p+0; c19: f64 = 0x1.4953f0bp+0
c20: f64 = 0x1.47ae83bp+0; c21: f64 = 0x1.460c5c1p+0; c22: f64 = 0x1.446fdeap+0; c23: f64 = 0x1.42d67e6p+0
c24: f64 = 0x1.4140d2ap+0; c25: f64 = 0x1.3fb012bp+0; c26: f64 = 0x1.3e233f8p+0; c27: f64 = 0x1.3c9913dp+0
c28: f64 = 0x1.3b13a29p+0; c29: f64 = 0x1.3992264p+0; c30: f64 = 0x1.38135cp+0; c31: f64 = 0x1.3698a6fp+0
c32: f64 = 0x1.352209dp+0; c33: f64 = 0x1.33ae1a4p+0; c34: f64 = 0x1.323de5dp+0; c35: f64 = 0x1.30d1c4cp+0
c36: f64 = 0x1.2f681fdp+0; c37: f64 = 0x1.2e02019p+0; c38: f64 = 0x1.2ca010fp+0; c39: f64 = 0x1.2b3ff1ap+0
c40: f64 = 0x1.29e3e57p+0; c41: f64 = 0x1.288b098p+0; c42: f64 = 0x1.2735113p+0; c43: f64 = 0x1.25e2258p+0
c44: f64 = 0x1.249210cp+0; c45: f64 = 0x1.234531ap+0; c46: f64 = 0x1.21fb037p+0; c47: f64 = 0x1.20b46bdp+0
c48: f64 = 0x1.1f707f9p+0; c49: f64 = 0x1.1e2ec74p+0; c50: f64 = 0x1.1ceff21p+0; c51: f64 = 0x1.1bb47f9p+0
c52: f64 = 0x1.1a7b953p+0; c53: f64 = 0x1.1944bbbp+0; c54: f64 = 0x1.1811c85p+0; c55: f64 = 0x1.16e0089p+0
c56: f64 = 0x1.15b17cfp+0; c57: f64 = 0x1.14864dbp+0; c58: f64 = 0x1.135c9c5p+0; c59: f64 = 0x1.1235287p+0
c60: f64 = 0x1.1111519p+0; c61: f64 = 0x1.0feef04p+0; c62: f64 = 0x1.0ecef29p+0; c63: f64 = 0x1.0db21abp+0
c64: f64 = 0x1.0c96a07p+0; c65: f64 = 0x1.0b7e786p+0; c66: f64 = 0x1.0a67ef3p+0; c67: f64 = 0x1.0953e42p+0
c68: f64 = 0x1.0841de3p+0; c69: f64 = 0x1.0732829p+0; c70: f64 = 0x1.062506ep+0; c71: f64 = 0x1.0519c3ep+0
c72: f64 = 0x1.04102e1p+0; c73: f64 = 0x1.0308b83p+0; c74: f64 = 0x1.02046a7p+0; c75: f64 = 0x1.0100f2fp+0
c76: f64 = 0x1p+0; c77: f64 = 0x1.fc07b72p-1; c78: f64 = 0x1.f81ec64p-1; c79: f64 = 0x1.f446832p-1
c80: f64 = 0x1.f07d0a2p-1; c81: f64 = 0x1.ecbfb08p-1; c82: f64 = 0x1.e913dc6p-1; c83: f64 = 0x1.e573194p-1
c84: f64 = 0x1.e1e211ap-1; c85: f64 = 0x1.de5cb4cp-1; c86: f64 = 0x1.dae591ap-1; c87: f64 = 0x1.d77c406p-1
c88: f64 = 0x1.d41defap-1; c89: f64 = 0x1.d0ca87p-1; c90: f64 = 0x1.cd84d14p-1; c91: f64 = 0x1.ca4b338p-1
c92: f64 = 0x1.c71bcp-1; c93: f64 = 0x1.c3f8f14p-1; c94: f64 = 0x1.c0dffccp-1; c95: f64 = 0x1.bdd20dep-1
c96: f64 = 0x1.bad03ap-1; c97: f64 = 0x1.b7d6ac8p-1; c98: f64 = 0x1.b4e7444p-1; c99: f64 = 0x1.b204072p-1
c100: f64 = 0x1.af288c6p-1; c101: f64 = 0x1.ac57902p-1; c102: f64 = 0x1.a98f156p-1; c103: f64 = 0x1.a6d0f08p-1
c104: f64 = 0x1.a4197c8p-1; c105: f64 = 0x1.a16cacp-1; c106: f64 = 0x1.9ec8c28p-1; c107: f64 = 0x1.9c2dd5ep-1
c108: f64 = 0x1.999a7d2p-1; c109: f64 = 0x1.970f32cp-1; c110: f64 = 0x1.948b8fap-1; c111: f64 = 0x1.920ebbcp-1
c112: f64 = 0x1.8f9c6c2p-1; c113: f64 = 0x1.8d2f5aap-1; c114: f64 = 0x1.8acb046p-1; c115: f64 = 0x1.886f436p-1
c116: f64 = 0x1.8617f8ap-1; c117: f64 = 0x1.83c89c4p-1; c118: f64 = 0x1.8181084p-1; c119: f64 = 0x1.7f4097ep-1
c120: f64 = 0x1.7d0692cp-1; c121: f64 = 0x1.7ad2ebep-1; c122: f64 = 0x1.78a59fap-1; c123: f64 = 0x1.767e93ap-1
c124: f64 = 0x1.745c428p-1; c125: f64 = 0x1.724303p-1; c126: f64 = 0x1.702d4d6p-1; c127: f64 = 0x1.6e1f296p-1
l0: f64 = -0x1.68ac474fc4d63p-2; l1: f64 = -0x1.6301763b37066p-2; l2: f64 = -0x1.5d5b5a860d839p-2
l3: f64 = -0x1.57c019f37fe05p-2; l4: f64 = -0x1.522b1c47887e1p-2; l5: f64 = -0x1.4c9e1f8f3289p-2
l6: f64 = -0x1.4718386e8f2b2p-2; l7: f64 = -0x1.419ab28dd477cp-2; l8: f64 = -0x1.3c24c7242e90dp-2
l9: f64 = -0x1.36b7d0ef66c6fp-2; l10: f64 = -0x1.314e819aa9d85p-2; l11: f64 = -0x1.2bf05f224fa6cp-2
l12: f64 = -0x1.26957d8340a91p-2; l13: f64 = -0x1.21449c5f69308p-2; l14: f64 = -0x1.1bf99850a6b8cp-2
l15: f64 = -0x1.16b71d68585e3p-2; l16: f64 = -0x1.1178d5b97e1d6p-2; l17: f64 = -0x1.0c41f809be063p-2
l18: f64 = -0x1.07137396555bbp-2; l19: f64 = -0x1.01ebe5c58c504p-2; l20: f64 = -0x1.f9947dd6c5469p-3
l21: f64 = -0x1.ef588091f66a5p-3; l22: f64 = -0x1.e5331d50252c5p-3; l23: f64 = -0x1.db148cbe40deap-3
l24: f64 = -0x1.d100bde1dc782p-3; l25: f64 = -0x1.c6ffb42680f2cp-3; l26: f64 = -0x1.bd0b5c4b361e4p-3
l27: f64 = -0x1.b31bbd9f0a29p-3; l28: f64 = -0x1.a93e7470ab661p-3; l29: f64 = -0x1.9f6eca42224ebp-3
l30: f64 = -0x1.95a4b98f61875p-3; l31: f64 = -0x1.8be98b71ee425p-3; l32: f64 = -0x1.823d9756f60bbp-3
l33: f64 = -0x1.7897b70e30594p-3; l34: f64 = -0x1.6eff199612d52p-3; l35: f64 = -0x1.65764dd2a29f3p-3
l36: f64 = -0x1.5bf2dd712e483p-3; l37: f64 = -0x1.527bf8e23f7c3p-3; l38: f64 = -0x1.49164b95db3d4p-3
l39: f64 = -0x1.3fb1f7f837978p-3; l40: f64 = -0x1.365e946341733p-3; l41: f64 = -0x1.2d164a6467443p-3
l42: f64 = -0x1.23d739e19bbfep-3; l43: f64 = -0x1.1aa2ad363f6b8p-3; l44: f64 = -0x1.11775d62583c8p-3
l45: f64 = -0x1.08581046c08b5p-3; l46: f64 = -0x1.fe82a42a72072p-4; l47: f64 = -0x1.ec7351c7a0771p-4
l48: f64 = -0x1.da758ffbf780bp-4; l49: f64 = -0x1.c88303df93486p-4; l50: f64 = -0x1.b6a5c07f65a93p-4
l51: f64 = -0x1.a4e555b9f9f2fp-4; l52: f64 = -0x1.9335d90d94937p-4; l53: f64 = -0x1.8190d0257df9dp-4
l54: f64 = -0x1.7011424027ap-4; l55: f64 = -0x1.5e90229b86576p-4; l56: f64 = -0x1.4d2b08a4e2f49p-4
l57: f64 = -0x1.3be4b93b38324p-4; l58: f64 = -0x1.2aa1df6a5d70cp-4; l59: f64 = -0x1.196dc91c49d5p-4
l60: f64 = -0x1.085d52c971608p-4; l61: f64 = -0x1.eea121885bdfcp-5; l62: f64 = -0x1.ccab665faaa2cp-5
l63: f64 = -0x1.aaf117b1a25e8p-5; l64: f64 = -0x1.893cbe9ef7fc6p-5; l65: f64 = -0x1.67ca75a9466a8p-5
l66: f64 = -0x1.4666e8469d9ebp-5; l67: f64 = -0x1.252d5654c3a62p-5; l68: f64 = -0x1.040fc06ddfb21p-5
l69: f64 = -0x1.c6456e44c29f2p-6; l70: f64 = -0x1.849c803bbd783p-6; l71: f64 = -0x1.433b557f4ed8ep-6
l72: f64 = -0x1.0200bb790a018p-6; l73: f64 = -0x1.82138de72a94ap-7; l74: f64 = -0x1.013224df402e6p-7
l75: f64 = -0x1.007252a5268a3p-8; l76: f64 = 0x0p+0; l77: f64 = 0x1.fe1f5f92a2f3fp-8
l78: f64 = 0x1.fc3a34d8a0058p-7; l79: f64 = 0x1.7b8c6a2592b73p-6; l80: f64 = 0x1.f80b62ceaffc7p-6
l81: f64 = 0x1.39f5a552a0e16p-5; l82: f64 = 0x1.7738e41dafd48p-5; l83: f64 = 0x1.b4378cfb104a8p-5
l84: f64 = 0x1.f09fe0613e5f2p-5; l85: f64 = 0x1.1659a33f6ba37p-4; l86: f64 = 0x1.3421715e3b1e2p-4
l87: f64 = 0x1.51a904b01bb32p-4; l88: f64 = 0x1.6f0737f77100cp-4; l89: f64 = 0x1.8c3b97b4bb9fdp-4
l90: f64 = 0x1.a92c128d897a9p-4; l91: f64 = 0x1.c5e52cadbc8d3p-4; l92: f64 = 0x1.e276b6e3e7aebp-4
l93: f64 = 0x1.fec908c9beafp-4; l94: f64 = 0x1.0d79f6a14ca86p-3; l95: f64 = 0x1.1b75bd968ca3dp-3
l96: f64 = 0x1.2952234293f37p-3; l97: f64 = 0x1.37202ecdebdb1p-3; l98: f64 = 0x1.44d6a6e1afec1p-3
l99: f64 = 0x1.526b5c9babdf2p-3; l100: f64 = 0x1.5ff26c427f169p-3; l101: f64 = 0x1.6d5e55590e631p-3
l102: f64 = 0x1.7ab7f943131f2p-3; l103: f64 = 0x1.87f5f96713112p-3; l104: f64 = 0x1.95296ae026eb2p-3
l105: f64 = 0x1.a23e961eab5aap-3; l106: f64 = 0x1.af3d549014f6fp-3; l107: f64 = 0x1.bc24a892b9303p-3
l108: f64 = 0x1.c8fb0adae5989p-3; l109: f64 = 0x1.d5bd9f603addbp-3; l110: f64 = 0x1.e26defc915699p-3
l111: f64 = 0x1.ef0fd0654de55p-3; l112: f64 = 0x1.fb8fdcb210386p-3; l113: f64 = 0x1.040443a7426c8p-2
l114: f64 = 0x1.0a33bace79fbbp-2; l115: f64 = 0x1.10566bcd12024p-2; l116: f64 = 0x1.1676de16df66cp-2
l117: f64 = 0x1.1c8bcf7e3d8b5p-2; l118: f64 = 0x1.229561d32a3ddp-2; l119: f64 = 0x1.28950b73735eep-2
l120: f64 = 0x1.2e8c814a6a991p-2; l121: f64 = 0x1.347bb4109b529p-2; l122: f64 = 0x1.3a627b5c3c08p-2
l123: f64 = 0x1.4040ecbf78b27p-2; l124: f64 = 0x1.461b05426d18dp-2; l125: f64 = 0x1.4be4a50bb0154p-2
l126: f64 = 0x1.51acd9405fe99p-2; l127: f64 = 0x1.576849bbec7dep-2
)";

// 1/m, and log(m) to base 2
inline constexpr std::string_view kMemoryLogarithms2 =
    R"(c0: f64 = 0x1.6c16e11p+0; c1: f64 = 0x1.6a13daep+0; c2: f64 = 0x1.68164c2p+0; c3: f64 = 0x1.661e988p+0
c4: f64 = 0x1.642d002p+0; c5: f64 = 0x1.623f734p+0; c6: f64 = 0x1.6058756p+0; c7: f64 = 0x1.5e75f09p+0
c8: f64 = 0x1.5c98c11p+0; c9: f64 = 0x1.5ac07f8p+0; c10: f64 = 0x1.58ecf68p+0; c11: f64 = 0x1.571eb05p+0
c12: f64 = 0x1.5555732p+0; c13: f64 = 0x1.53906cp+0; c14: f64 = 0x1.51d0a95p+0; c15: f64 = 0x1.5014a2fp+0
c16: f64 = 0x1.4e5e6cfp+0; c17: f64 = 0x1.4cab317p+0; c18: f64 = 0x1.4afd515p+0; c19: f64 = 0x1.4953c0fp+0
c20: f64 = 0x1.47adc3ep+0; c21: f64 = 0x1.460ce7bp+0; c22: f64 = 0x1.446fee3p+0; c23: f64 = 0x1.42d5f2cp+0
c24: f64 = 0x1.4141857p+0; c25: f64 = 0x1.3fb029bp+0; c26: f64 = 0x1.3e2259ep+0; c27: f64 = 0x1.3c9911dp+0
c28: f64 = 0x1.3b13644p+0; c29: f64 = 0x1.39920edp+0; c30: f64 = 0x1.3813473p+0; c31: f64 = 0x1.3699013p+0
c32: f64 = 0x1.3522394p+0; c33: f64 = 0x1.33aea6dp+0; c34: f64 = 0x1.323dbcdp+0; c35: f64 = 0x1.30d14e6p+0
c36: f64 = 0x1.2f68077p+0; c37: f64 = 0x1.2e02454p+0; c38: f64 = 0x1.2c9f5bdp+0; c39: f64 = 0x1.2b40b6bp+0
c40: f64 = 0x1.29e401dp+0; c41: f64 = 0x1.288ae0cp+0; c42: f64 = 0x1.2735148p+0; c43: f64 = 0x1.25e2542p+0
c44: f64 = 0x1.249208dp+0; c45: f64 = 0x1.2345507p+0; c46: f64 = 0x1.21fb96ep+0; c47: f64 = 0x1.20b403cp+0
c48: f64 = 0x1.1f7009bp+0; c49: f64 = 0x1.1e2ed02p+0; c50: f64 = 0x1.1cf0506p+0; c51: f64 = 0x1.1bb4f37p+0
c52: f64 = 0x1.1a7babep+0; c53: f64 = 0x1.1945256p+0; c54: f64 = 0x1.1811c13p+0; c55: f64 = 0x1.16e0955p+0
c56: f64 = 0x1.15b1f3fp+0; c57: f64 = 0x1.1486433p+0; c58: f64 = 0x1.135cd1cp+0; c59: f64 = 0x1.1235f7fp+0
c60: f64 = 0x1.1110a6bp+0; c61: f64 = 0x1.0fee935p+0; c62: f64 = 0x1.0ecf9c1p+0; c63: f64 = 0x1.0db22b2p+0
c64: f64 = 0x1.0c97746p+0; c65: f64 = 0x1.0b7e8ddp+0; c66: f64 = 0x1.0a686e3p+0; c67: f64 = 0x1.0953dc1p+0
c68: f64 = 0x1.0841b52p+0; c69: f64 = 0x1.0732bbdp+0; c70: f64 = 0x1.0625175p+0; c71: f64 = 0x1.051914dp+0
c72: f64 = 0x1.040fe8p+0; c73: f64 = 0x1.03091ap+0; c74: f64 = 0x1.02042b3p+0; c75: f64 = 0x1.0100fbbp+0
c76: f64 = 0x1p+0; c77: f64 = 0x1.fc076f6p-1; c78: f64 = 0x1.f81f95ap-1; c79: f64 = 0x1.f445c7ep-1
c80: f64 = 0x1.f07cc1cp-1; c81: f64 = 0x1.ecc0caep-1; c82: f64 = 0x1.e91295cp-1; c83: f64 = 0x1.e5747e2p-1
c84: f64 = 0x1.e1e1636p-1; c85: f64 = 0x1.de5da22p-1; c86: f64 = 0x1.dae66cap-1; c87: f64 = 0x1.d77bb28p-1
c88: f64 = 0x1.d41ca58p-1; c89: f64 = 0x1.d0cc282p-1; c90: f64 = 0x1.cd84accp-1; c91: f64 = 0x1.ca4b6acp-1
c92: f64 = 0x1.c71cb12p-1; c93: f64 = 0x1.c3f8cdep-1; c94: f64 = 0x1.c0dfefep-1; c95: f64 = 0x1.bdd21a2p-1
c96: f64 = 0x1.bacf14ep-1; c97: f64 = 0x1.b7d733ep-1; c98: f64 = 0x1.b4e779ep-1; c99: f64 = 0x1.b20457p-1
c100: f64 = 0x1.af28f76p-1; c101: f64 = 0x1.ac56758p-1; c102: f64 = 0x1.a98e22ep-1; c103: f64 = 0x1.a6d039ep-1
c104: f64 = 0x1.a419d28p-1; c105: f64 = 0x1.a16cea4p-1; c106: f64 = 0x1.9ec8fcep-1; c107: f64 = 0x1.9c2df52p-1
c108: f64 = 0x1.999a01ep-1; c109: f64 = 0x1.970d974p-1; c110: f64 = 0x1.948a70ep-1; c111: f64 = 0x1.920fcbep-1
c112: f64 = 0x1.8f9c578p-1; c113: f64 = 0x1.8d2f20ep-1; c114: f64 = 0x1.8acbc4cp-1; c115: f64 = 0x1.886da08p-1
c116: f64 = 0x1.86182bap-1; c117: f64 = 0x1.83c8d7ap-1; c118: f64 = 0x1.81814dp-1; c119: f64 = 0x1.7f40af6p-1
c120: f64 = 0x1.7d053d4p-1; c121: f64 = 0x1.7ad1836p-1; c122: f64 = 0x1.78a5516p-1; c123: f64 = 0x1.767d8fp-1
c124: f64 = 0x1.745d56ep-1; c125: f64 = 0x1.7243008p-1; c126: f64 = 0x1.702e77ep-1; c127: f64 = 0x1.6e1f25ep-1
l0: f64 = -0x1.042c14eaa9923p-1; l1: f64 = -0x1.00144f4ee37cap-1; l2: f64 = -0x1.f803d3f449f7ap-2
l3: f64 = -0x1.efeba354ab509p-2; l4: f64 = -0x1.e7e15c3dbe417p-2; l5: f64 = -0x1.dfdcb0320645p-2
l6: f64 = -0x1.d7e85078aa804p-2; l7: f64 = -0x1.cffbc5886f929p-2; l8: f64 = -0x1.c81ae45d482e7p-2
l9: f64 = -0x1.c044337f0f4c6p-2; l10: f64 = -0x1.b87706c07c8c7p-2; l11: f64 = -0x1.b0b5e6a5b7cc1p-2
l12: f64 = -0x1.a9001808e7d48p-2; l13: f64 = -0x1.a15240cce2c8fp-2; l14: f64 = -0x1.99b12d1956144p-2
l15: f64 = -0x1.921661b953bdcp-2; l16: f64 = -0x1.8a8b33d16e51cp-2; l17: f64 = -0x1.830356a8031aap-2
l18: f64 = -0x1.7b8981e58dce9p-2; l19: f64 = -0x1.7419489bf7e2ap-2; l20: f64 = -0x1.6caf8b1f709ffp-2
l21: f64 = -0x1.6553784ab2b23p-2; l22: f64 = -0x1.5dffa80153a79p-2; l23: f64 = -0x1.56b02faa1a56p-2
l24: f64 = -0x1.4f70f4b8046b1p-2; l25: f64 = -0x1.4836c2b8f67fap-2; l26: f64 = -0x1.4103f06d1b839p-2
l27: f64 = -0x1.39dd3beecf1d3p-2; l28: f64 = -0x1.32be8545276b9p-2; l29: f64 = -0x1.2bab7287cff73p-2
l30: f64 = -0x1.249bbffacdd77p-2; l31: f64 = -0x1.1d98ce12dc74fp-2; l32: f64 = -0x1.169dfda2a8624p-2
l33: f64 = -0x1.0faa1a4169c67p-2; l34: f64 = -0x1.08ba9ed1dd955p-2; l35: f64 = -0x1.01d87d6514bbap-2
l36: f64 = -0x1.f5faf054b065p-3; l37: f64 = -0x1.e856f51361fc1p-3; l38: f64 = -0x1.dabec2350ee82p-3
l39: f64 = -0x1.cd409a44c14b9p-3; l40: f64 = -0x1.bfc5d3cff1ea2p-3; l41: f64 = -0x1.b25ee1b039343p-3
l42: f64 = -0x1.a509a51810476p-3; l43: f64 = -0x1.97c39070220e7p-3; l44: f64 = -0x1.8a86f701d2044p-3
l45: f64 = -0x1.7d5f5f18f73d8p-3; l46: f64 = -0x1.70473cf9de726p-3; l47: f64 = -0x1.6336302c34312p-3
l48: f64 = -0x1.563b438b34e72p-3; l49: f64 = -0x1.494e16ea0b948p-3; l50: f64 = -0x1.3c6ea3c389961p-3
l51: f64 = -0x1.2fa16df37bfe1p-3; l52: f64 = -0x1.22dbc03f6b6dfp-3; l53: f64 = -0x1.1624cf1606d6dp-3
l54: f64 = -0x1.0980dcf8f411fp-3; l55: f64 = -0x1.f9cd11a56209bp-4; l56: f64 = -0x1.e0b2d7ddfa2a9p-4
l57: f64 = -0x1.c7bc07aa91e4dp-4; l58: f64 = -0x1.aeda54f1de1fep-4; l59: f64 = -0x1.961590a8db1d8p-4
l60: f64 = -0x1.7d574b5414035p-4; l61: f64 = -0x1.64c4d5d131e41p-4; l62: f64 = -0x1.4c5bf87c0561bp-4
l63: f64 = -0x1.33fa97f5054dfp-4; l64: f64 = -0x1.1bbb5d15bd598p-4; l65: f64 = -0x1.038a9dbe53b34p-4
l66: f64 = -0x1.d6fc078222009p-5; l67: f64 = -0x1.a6f5acb0d9929p-5; l68: f64 = -0x1.77295544f6cc1p-5
l69: f64 = -0x1.47ba0514f7523p-5; l70: f64 = -0x1.1855caf8cb08ap-5; l71: f64 = -0x1.d21542d50b766p-6
l72: f64 = -0x1.741f4dba4aa93p-6; l73: f64 = -0x1.16a1a5a993bdcp-6; l74: f64 = -0x1.72e0ddb6d32f6p-7
l75: f64 = -0x1.7205f82e9ba2p-8; l76: f64 = 0x0p+0; l77: f64 = 0x1.7013d80c07215p-7
l78: f64 = 0x1.6e75cebfab97dp-6; l79: f64 = 0x1.11da96e057c15p-5; l80: f64 = 0x1.6b9e15e6b8252p-5
l81: f64 = 0x1.c4d8344a21ff2p-5; l82: f64 = 0x1.0eb9d0eada28fp-4; l83: f64 = 0x1.3a9906e2f75dp-4
l84: f64 = 0x1.66457f067416ap-4; l85: f64 = 0x1.9187960de63eap-4; l86: f64 = 0x1.bc7f38babea7dp-4
l87: f64 = 0x1.e72af973c7335p-4; l88: f64 = 0x1.08c96384e33e2p-3; l89: f64 = 0x1.1dc7f491d206cp-3
l90: f64 = 0x1.32b35088242d4p-3; l91: f64 = 0x1.476926fecd861p-3; l92: f64 = 0x1.5c00085dbd062p-3
l93: f64 = 0x1.70750d1cb8293p-3; l94: f64 = 0x1.84c609d00d8fep-3; l95: f64 = 0x1.98f1eabc7e364p-3
l96: f64 = 0x1.acf9210fd375bp-3; l97: f64 = 0x1.c0d87c708702bp-3; l98: f64 = 0x1.d4a32877eebf1p-3
l99: f64 = 0x1.e83a485e67187p-3; l100: f64 = 0x1.fbbdaf0378439p-3; l101: f64 = 0x1.0792912e5b858p-2
l102: f64 = 0x1.11335aafcd4afp-2; l103: f64 = 0x1.1abfed46bf77p-2; l104: f64 = 0x1.24420186dd7d1p-2
l105: f64 = 0x1.2db23dce362abp-2; l106: f64 = 0x1.37120741273ep-2; l107: f64 = 0x1.4061402443583p-2
l108: f64 = 0x1.49a60ca54f5aap-2; l109: f64 = 0x1.52de7c7a20fbbp-2; l110: f64 = 0x1.5c03e800224ccp-2
l111: f64 = 0x1.6518a8cdd7cf7p-2; l112: f64 = 0x1.6e2135b44e759p-2; l113: f64 = 0x1.7720c5e50e073p-2
l114: f64 = 0x1.80099468eb7dbp-2; l115: f64 = 0x1.88ec947bd57c2p-2; l116: f64 = 0x1.91bc74b0699f6p-2
l117: f64 = 0x1.9a828546d4871p-2; l118: f64 = 0x1.a33829ddff8f4p-2; l119: f64 = 0x1.abe054e7e24eep-2
l120: f64 = 0x1.b481846176322p-2; l121: f64 = 0x1.bd119396beb87p-2; l122: f64 = 0x1.c590e05ae650cp-2
l123: f64 = 0x1.ce0b42b409403p-2; l124: f64 = 0x1.d67441ad27366p-2; l125: f64 = 0x1.ded21c4c31713p-2
l126: f64 = 0x1.e724e0348cc4fp-2; l127: f64 = 0x1.ef6ead5881ddap-2
)";

// 1/m, and log(m) to base 10
inline constexpr std::string_view kMemoryLogarithms10 =
    R"(c0: f64 = 0x1.6c168cap+0; c1: f64 = 0x1.6a14296p+0; c2: f64 = 0x1.68168f4p+0; c3: f64 = 0x1.661e9bep+0
c4: f64 = 0x1.642c9e1p+0; c5: f64 = 0x1.623f4d3p+0; c6: f64 = 0x1.60579bdp+0; c7: f64 = 0x1.5e760eap+0
c8: f64 = 0x1.5c98855p+0; c9: f64 = 0x1.5ac0759p+0; c10: f64 = 0x1.58ecb4dp+0; c11: f64 = 0x1.571f126p+0
c12: f64 = 0x1.5555b0fp+0; c13: f64 = 0x1.5390ea2p+0; c14: f64 = 0x1.51d0f4fp+0; c15: f64 = 0x1.50156cdp+0
c16: f64 = 0x1.4e5e0d9p+0; c17: f64 = 0x1.4cab578p+0; c18: f64 = 0x1.4afd4ep+0; c19: f64 = 0x1.4953c26p+0
c20: f64 = 0x1.47adda6p+0; c21: f64 = 0x1.460d05fp+0; c22: f64 = 0x1.446ff1ep+0; c23: f64 = 0x1.42d60a8p+0
c24: f64 = 0x1.41414b9p+0; c25: f64 = 0x1.3fafd01p+0; c26: f64 = 0x1.3e22638p+0; c27: f64 = 0x1.3c99713p+0
c28: f64 = 0x1.3b136d5p+0; c29: f64 = 0x1.3991603p+0; c30: f64 = 0x1.3813561p+0; c31: f64 = 0x1.3699383p+0
c32: f64 = 0x1.35222c7p+0; c33: f64 = 0x1.33ae05p+0; c34: f64 = 0x1.323e7a6p+0; c35: f64 = 0x1.30d1bbbp+0
c36: f64 = 0x1.2f68468p+0; c37: f64 = 0x1.2e01ebbp+0; c38: f64 = 0x1.2c9f592p+0; c39: f64 = 0x1.2b40916p+0
c40: f64 = 0x1.29e3c2ep+0; c41: f64 = 0x1.288b4f8p+0; c42: f64 = 0x1.2735428p+0; c43: f64 = 0x1.25e1ea7p+0
c44: f64 = 0x1.249256ap+0; c45: f64 = 0x1.2345dc9p+0; c46: f64 = 0x1.21fb4e8p+0; c47: f64 = 0x1.20b4be3p+0
c48: f64 = 0x1.1f70b84p+0; c49: f64 = 0x1.1e2f1d4p+0; c50: f64 = 0x1.1cf01f9p+0; c51: f64 = 0x1.1bb4b37p+0
c52: f64 = 0x1.1a7be01p+0; c53: f64 = 0x1.1944c05p+0; c54: f64 = 0x1.1811217p+0; c55: f64 = 0x1.16e06f2p+0
c56: f64 = 0x1.15b1a5bp+0; c57: f64 = 0x1.148668bp+0; c58: f64 = 0x1.135cd99p+0; c59: f64 = 0x1.123577ap+0
c60: f64 = 0x1.111139fp+0; c61: f64 = 0x1.0fef38p+0; c62: f64 = 0x1.0ecfaf7p+0; c63: f64 = 0x1.0db1d98p+0
c64: f64 = 0x1.0c969dcp+0; c65: f64 = 0x1.0b7dfap+0; c66: f64 = 0x1.0a67c0fp+0; c67: f64 = 0x1.09541cep+0
c68: f64 = 0x1.084206ap+0; c69: f64 = 0x1.07324cfp+0; c70: f64 = 0x1.062482fp+0; c71: f64 = 0x1.051956ap+0
c72: f64 = 0x1.041048ep+0; c73: f64 = 0x1.03095c8p+0; c74: f64 = 0x1.0203f4fp+0; c75: f64 = 0x1.0101654p+0
c76: f64 = 0x1p+0; c77: f64 = 0x1.fc072dep-1; c78: f64 = 0x1.f81f162p-1; c79: f64 = 0x1.f445f28p-1
c80: f64 = 0x1.f07bfb2p-1; c81: f64 = 0x1.ecbfb82p-1; c82: f64 = 0x1.e913f4p-1; c83: f64 = 0x1.e573562p-1
c84: f64 = 0x1.e1e18d2p-1; c85: f64 = 0x1.de5e162p-1; c86: f64 = 0x1.dae59a8p-1; c87: f64 = 0x1.d77bf28p-1
c88: f64 = 0x1.d41d0e8p-1; c89: f64 = 0x1.d0caeecp-1; c90: f64 = 0x1.cd85572p-1; c91: f64 = 0x1.ca4af3p-1
c92: f64 = 0x1.c71d4bap-1; c93: f64 = 0x1.c3f97cp-1; c94: f64 = 0x1.c0e10bcp-1; c95: f64 = 0x1.bdd34bep-1
c96: f64 = 0x1.baced62p-1; c97: f64 = 0x1.b7d6188p-1; c98: f64 = 0x1.b4e7acep-1; c99: f64 = 0x1.b203acep-1
c100: f64 = 0x1.af2815p-1; c101: f64 = 0x1.ac568cp-1; c102: f64 = 0x1.a98ecaep-1; c103: f64 = 0x1.a6cfeecp-1
c104: f64 = 0x1.a41b2b8p-1; c105: f64 = 0x1.a16c8fap-1; c106: f64 = 0x1.9ec9786p-1; c107: f64 = 0x1.9c2dcc4p-1
c108: f64 = 0x1.999a83ap-1; c109: f64 = 0x1.970ddacp-1; c110: f64 = 0x1.948b96ep-1; c111: f64 = 0x1.920fa6ap-1
c112: f64 = 0x1.8f9ba1ap-1; c113: f64 = 0x1.8d31066p-1; c114: f64 = 0x1.8acaa44p-1; c115: f64 = 0x1.886e318p-1
c116: f64 = 0x1.86184aap-1; c117: f64 = 0x1.83ca234p-1; c118: f64 = 0x1.818183ep-1; c119: f64 = 0x1.7f41104p-1
c120: f64 = 0x1.7d065d2p-1; c121: f64 = 0x1.7ad283cp-1; c122: f64 = 0x1.78a47e6p-1; c123: f64 = 0x1.767cf34p-1
c124: f64 = 0x1.745cc96p-1; c125: f64 = 0x1.724363cp-1; c126: f64 = 0x1.702d188p-1; c127: f64 = 0x1.6e2011ap-1
l0: f64 = -0x1.39467ffd016f5p-3; l1: f64 = -0x1.345a6a767fea2p-3; l2: f64 = -0x1.2f732400f19acp-3
l3: f64 = -0x1.2a92f16c9198bp-3; l4: f64 = -0x1.25babf42561a9p-3; l5: f64 = -0x1.20e77fa72dc53p-3
l6: f64 = -0x1.1c1bb516007e4p-3; l7: f64 = -0x1.1758d8a6ee943p-3; l8: f64 = -0x1.1299ab9662b2ep-3
l9: f64 = -0x1.0de2049546e9ep-3; l10: f64 = -0x1.092f096ac3c02p-3; l11: f64 = -0x1.048586dd27361p-3
l12: f64 = -0x1.ffc1a021787b3p-4; l13: f64 = -0x1.f683d70978c7p-4; l14: f64 = -0x1.ed53135a7b695p-4
l15: f64 = -0x1.e42d85145f076p-4; l16: f64 = -0x1.db11fe06de355p-4; l17: f64 = -0x1.d20363d1ad089p-4
l18: f64 = -0x1.c9020b06ead5bp-4; l19: f64 = -0x1.c00d3aa291e7dp-4; l20: f64 = -0x1.b72091a7fef4ep-4
l21: f64 = -0x1.ae4415fd657p-4; l22: f64 = -0x1.a570d0c6b4a77p-4; l23: f64 = -0x1.9ca3c5f235c96p-4
l24: f64 = -0x1.93e817232a4c9p-4; l25: f64 = -0x1.8b33897866b2bp-4; l26: f64 = -0x1.828ab7974293dp-4
l27: f64 = -0x1.79f0363087c8ep-4; l28: f64 = -0x1.715b8d6ecb127p-4; l29: f64 = -0x1.68d2bbc4fa335p-4
l30: f64 = -0x1.60563fef391e1p-4; l31: f64 = -0x1.57e5d1e653a52p-4; l32: f64 = -0x1.4f7cc3444eecbp-4
l33: f64 = -0x1.471a32899ee44p-4; l34: f64 = -0x1.3ec8426c28f37p-4; l35: f64 = -0x1.367ca22f53a19p-4
l36: f64 = -0x1.2e3a54aac1c73p-4; l37: f64 = -0x1.260071852c842p-4; l38: f64 = -0x1.1dd327527768ap-4
l39: f64 = -0x1.15b2bd7c682dap-4; l40: f64 = -0x1.0d94909557021p-4; l41: f64 = -0x1.0586fe29ab2fdp-4
l42: f64 = -0x1.fafd03af835d4p-5; l43: f64 = -0x1.eafa2776ff772p-5; l44: f64 = -0x1.db1291689ef7p-5
l45: f64 = -0x1.cb3e923366b1bp-5; l46: f64 = -0x1.bb700bcb72bafp-5; l47: f64 = -0x1.abc0a5cd275b7p-5
l48: f64 = -0x1.9c1ee9d76a8afp-5; l49: f64 = -0x1.8c89936a6f18ep-5; l50: f64 = -0x1.7d03553500832p-5
l51: f64 = -0x1.6d986c9b1e45bp-5; l52: f64 = -0x1.5e3d0aa18d9cdp-5; l53: f64 = -0x1.4ee623cbdb3ebp-5
l54: f64 = -0x1.3faabd42a9ffbp-5; l55: f64 = -0x1.3083e05fa1a68p-5; l56: f64 = -0x1.2164e3d7bc735p-5
l57: f64 = -0x1.126309aa145ecp-5; l58: f64 = -0x1.03669b63abe18p-5; l59: f64 = -0x1.e8ec60113ce59p-6
l60: f64 = -0x1.cb3d25cce35fcp-6; l61: f64 = -0x1.ada8866719bfcp-6; l62: f64 = -0x1.90354c3dcb2cp-6
l63: f64 = -0x1.72cf87b6ad0b9p-6; l64: f64 = -0x1.558f7b823471bp-6; l65: f64 = -0x1.387585da0f9bfp-6
l66: f64 = -0x1.1b7d84f37cef3p-6; l67: f64 = -0x1.fd58e404874e3p-7; l68: f64 = -0x1.c3ce6ecdf608bp-7
l69: f64 = -0x1.8a87dd48a6dbcp-7; l70: f64 = -0x1.516f294069fbep-7; l71: f64 = -0x1.18aa293e0d98ap-7
l72: f64 = -0x1.c03ddccd17dabp-8; l73: f64 = -0x1.4f9dfedb7bf25p-8; l74: f64 = -0x1.be6641f7f6996p-9
l75: f64 = -0x1.be4418c18ed8fp-10; l76: f64 = 0x0p+0; l77: f64 = 0x1.bb524c6858be4p-9
l78: f64 = 0x1.b95f33058fa29p-8; l79: f64 = 0x1.49bc023c0e7f2p-7; l80: f64 = 0x1.b5ed0e16931c1p-7
l81: f64 = 0x1.10b33b4a96ca2p-6; l82: f64 = 0x1.45e89ce3e1f8bp-6; l83: f64 = 0x1.7ae130e9ad95bp-6
l84: f64 = 0x1.af647637af86fp-6; l85: f64 = 0x1.e376a9b45e59fp-6; l86: f64 = 0x1.0ba34a7df976cp-5
l87: f64 = 0x1.254c028cb504fp-5; l88: f64 = 0x1.3ed29fb556216p-5; l89: f64 = 0x1.5826bbeedbbcdp-5
l90: f64 = 0x1.7148ba9553db6p-5; l91: f64 = 0x1.8a418a11f15efp-5; l92: f64 = 0x1.a303f6680a5bcp-5
l93: f64 = 0x1.bba553323410cp-5; l94: f64 = 0x1.d41880ae12517p-5; l95: f64 = 0x1.ec61b0a219367p-5
l96: f64 = 0x1.02457c0963b4cp-4; l97: f64 = 0x1.0e3fdee9869bep-4; l98: f64 = 0x1.1a2505f4e6705p-4
l99: f64 = 0x1.25f3f6ca1c1a7p-4; l100: f64 = 0x1.31b46b6fd2c21p-4; l101: f64 = 0x1.3d5f1c0d3142dp-4
l102: f64 = 0x1.48f4a17deae38p-4; l103: f64 = 0x1.54782ada87eb9p-4; l104: f64 = 0x1.5fe4264adc5f3p-4
l105: f64 = 0x1.6b48cd530cd4dp-4; l106: f64 = 0x1.768edb1b44705p-4; l107: f64 = 0x1.81c74ca5ba65ap-4
l108: f64 = 0x1.8ced8b2df729p-4; l109: f64 = 0x1.9808d77a3f205p-4; l110: f64 = 0x1.a3084b6f0932ap-4
l111: f64 = 0x1.adfd45255b5dp-4; l112: f64 = 0x1.b8e060859f02p-4; l113: f64 = 0x1.c3aa7cbe2f2bap-4
l114: f64 = 0x1.ce726c7bca99cp-4; l115: f64 = 0x1.d91e26d723de8p-4; l116: f64 = 0x1.e3bc831c96573p-4
l117: f64 = 0x1.ee47a74c35686p-4; l118: f64 = 0x1.f8c95d45d028cp-4; l119: f64 = 0x1.019a908ebd864p-3
l120: f64 = 0x1.06cae14c943ebp-3; l121: f64 = 0x1.0bf2e7ad0d602p-3; l122: f64 = 0x1.1114dd1cd3e65p-3
l123: f64 = 0x1.162f1055e3511p-3; l124: f64 = 0x1.1b3f2bfe13a2fp-3; l125: f64 = 0x1.204671e20c73p-3
l126: f64 = 0x1.254d8a5c26286p-3; l127: f64 = 0x1.2a45706fddb6p-3
)";

// sin(2 pi i / 256)
inline constexpr std::string_view kSines256 =
    R"(s0: f64 = 0x0p+0; s1: f64 = 0x1.92155f7a3667ep-6; s2: f64 = 0x1.91f65f10dd814p-5
s3: f64 = 0x1.2d52092ce19f6p-4; s4: f64 = 0x1.917a6bc29b42cp-4; s5: f64 = 0x1.f564e56a9730ep-4
s6: f64 = 0x1.2c8106e8e613ap-3; s7: f64 = 0x1.5e214448b3fc6p-3; s8: f64 = 0x1.8f8b83c69a60bp-3
s9: f64 = 0x1.c0b826a7e4f63p-3; s10: f64 = 0x1.f19f97b215f1bp-3; s11: f64 = 0x1.111d262b1f677p-2
s12: f64 = 0x1.294062ed59f06p-2; s13: f64 = 0x1.4135c94176601p-2; s14: f64 = 0x1.58f9a75ab1fddp-2
s15: f64 = 0x1.7088530fa459fp-2; s16: f64 = 0x1.87de2a6aea963p-2; s17: f64 = 0x1.9ef7943a8ed8ap-2
s18: f64 = 0x1.b5d1009e15ccp-2; s19: f64 = 0x1.cc66e9931c45ep-2; s20: f64 = 0x1.e2b5d3806f63bp-2
s21: f64 = 0x1.f8ba4dbf89abap-2; s22: f64 = 0x1.073879922ffeep-1; s23: f64 = 0x1.11eb3541b4b23p-1
s24: f64 = 0x1.1c73b39ae68c8p-1; s25: f64 = 0x1.26d054cdd12dfp-1; s26: f64 = 0x1.30ff7fce17035p-1
s27: f64 = 0x1.3affa292050b9p-1; s28: f64 = 0x1.44cf325091dd6p-1; s29: f64 = 0x1.4e6cabbe3e5e9p-1
s30: f64 = 0x1.57d69348cecap-1; s31: f64 = 0x1.610b7551d2cdfp-1; s32: f64 = 0x1.6a09e667f3bcdp-1
s33: f64 = 0x1.72d0837efff96p-1; s34: f64 = 0x1.7b5df226aafafp-1; s35: f64 = 0x1.83b0e0bff976ep-1
s36: f64 = 0x1.8bc806b151741p-1; s37: f64 = 0x1.93a22499263fbp-1; s38: f64 = 0x1.9b3e047f38741p-1
s39: f64 = 0x1.a29a7a0462782p-1; s40: f64 = 0x1.a9b66290ea1a3p-1; s41: f64 = 0x1.b090a581502p-1
s42: f64 = 0x1.b728345196e3ep-1; s43: f64 = 0x1.bd7c0ac6f952ap-1; s44: f64 = 0x1.c38b2f180bdb1p-1
s45: f64 = 0x1.c954b213411f5p-1; s46: f64 = 0x1.ced7af43cc773p-1; s47: f64 = 0x1.d4134d14dc93ap-1
s48: f64 = 0x1.d906bcf328d46p-1; s49: f64 = 0x1.ddb13b6ccc23cp-1; s50: f64 = 0x1.e212104f686e5p-1
s51: f64 = 0x1.e6288ec48e112p-1; s52: f64 = 0x1.e9f4156c62ddap-1; s53: f64 = 0x1.ed740e7684963p-1
s54: f64 = 0x1.f0a7efb9230d7p-1; s55: f64 = 0x1.f38f3ac64e589p-1; s56: f64 = 0x1.f6297cff75cbp-1
s57: f64 = 0x1.f8764fa714ba9p-1; s58: f64 = 0x1.fa7557f08a517p-1; s59: f64 = 0x1.fc26470e19fd3p-1
s60: f64 = 0x1.fd88da3d12526p-1; s61: f64 = 0x1.fe9cdad01883ap-1; s62: f64 = 0x1.ff621e3796d7ep-1
s63: f64 = 0x1.ffd886084cd0dp-1; s64: f64 = 0x1p+0; s65: f64 = 0x1.ffd886084cd0dp-1
s66: f64 = 0x1.ff621e3796d7ep-1; s67: f64 = 0x1.fe9cdad01883ap-1; s68: f64 = 0x1.fd88da3d12526p-1
s69: f64 = 0x1.fc26470e19fd3p-1; s70: f64 = 0x1.fa7557f08a517p-1; s71: f64 = 0x1.f8764fa714ba9p-1
s72: f64 = 0x1.f6297cff75cbp-1; s73: f64 = 0x1.f38f3ac64e589p-1; s74: f64 = 0x1.f0a7efb9230d7p-1
s75: f64 = 0x1.ed740e7684963p-1; s76: f64 = 0x1.e9f4156c62ddap-1; s77: f64 = 0x1.e6288ec48e112p-1
s78: f64 = 0x1.e212104f686e5p-1; s79: f64 = 0x1.ddb13b6ccc23cp-1; s80: f64 = 0x1.d906bcf328d46p-1
s81: f64 = 0x1.d4134d14dc93ap-1; s82: f64 = 0x1.ced7af43cc773p-1; s83: f64 = 0x1.c954b213411f5p-1
s84: f64 = 0x1.c38b2f180bdb1p-1; s85: f64 = 0x1.bd7c0ac6f952ap-1; s86: f64 = 0x1.b728345196e3ep-1
s87: f64 = 0x1.b090a581502p-1; s88: f64 = 0x1.a9b66290ea1a3p-1; s89: f64 = 0x1.a29a7a0462782p-1
s90: f64 = 0x1.9b3e047f38741p-1; s91: f64 = 0x1.93a22499263fbp-1; s92: f64 = 0x1.8bc806b151741p-1
s93: f64 = 0x1.83b0e0bff976ep-1; s94: f64 = 0x1.7b5df226aafafp-1; s95: f64 = 0x1.72d0837efff96p-1
s96: f64 = 0x1.6a09e667f3bcdp-1; s97: f64 = 0x1.610b7551d2cdfp-1; s98: f64 = 0x1.57d69348cecap-1
s99: f64 = 0x1.4e6cabbe3e5e9p-1; s100: f64 = 0x1.44cf325091dd6p-1; s101: f64 = 0x1.3affa292050b9p-1
s102: f64 = 0x1.30ff7fce17035p-1; s103: f64 = 0x1.26d054cdd12dfp-1; s104: f64 = 0x1.1c73b39ae68c8p-1
s105: f64 = 0x1.11eb3541b4b23p-1; s106: f64 = 0x1.073879922ffeep-1; s107: f64 = 0x1.f8ba4dbf89abap-2
s108: f64 = 0x1.e2b5d3806f63bp-2; s109: f64 = 0x1.cc66e9931c45ep-2; s110: f64 = 0x1.b5d1009e15ccp-2
s111: f64 = 0x1.9ef7943a8ed8ap-2; s112: f64 = 0x1.87de2a6aea963p-2; s113: f64 = 0x1.7088530fa459fp-2
s114: f64 = 0x1.58f9a75ab1fddp-2; s115: f64 = 0x1.4135c94176601p-2; s116: f64 = 0x1.294062ed59f06p-2
s117: f64 = 0x1.111d262b1f677p-2; s118: f64 = 0x1.f19f97b215f1bp-3; s119: f64 = 0x1.c0b826a7e4f63p-3
s120: f64 = 0x1.8f8b83c69a60bp-3; s121: f64 = 0x1.5e214448b3fc6p-3; s122: f64 = 0x1.2c8106e8e613ap-3
s123: f64 = 0x1.f564e56a9730ep-4; s124: f64 = 0x1.917a6bc29b42cp-4; s125: f64 = 0x1.2d52092ce19f6p-4
s126: f64 = 0x1.91f65f10dd814p-5; s127: f64 = 0x1.92155f7a3667ep-6; s128: f64 = 0x0p+0
s129: f64 = -0x1.92155f7a3667ep-6; s130: f64 = -0x1.91f65f10dd814p-5; s131: f64 = -0x1.2d52092ce19f6p-4
s132: f64 = -0x1.917a6bc29b42cp-4; s133: f64 = -0x1.f564e56a9730ep-4; s134: f64 = -0x1.2c8106e8e613ap-3
s135: f64 = -0x1.5e214448b3fc6p-3; s136: f64 = -0x1.8f8b83c69a60bp-3; s137: f64 = -0x1.c0b826a7e4f63p-3
s138: f64 = -0x1.f19f97b215f1bp-3; s139: f64 = -0x1.111d262b1f677p-2; s140: f64 = -0x1.294062ed59f06p-2
s141: f64 = -0x1.4135c94176601p-2; s142: f64 = -0x1.58f9a75ab1fddp-2; s143: f64 = -0x1.7088530fa459fp-2
s144: f64 = -0x1.87de2a6aea963p-2; s145: f64 = -0x1.9ef7943a8ed8ap-2; s146: f64 = -0x1.b5d1009e15ccp-2
s147: f64 = -0x1.cc66e9931c45ep-2; s148: f64 = -0x1.e2b5d3806f63bp-2; s149: f64 = -0x1.f8ba4dbf89abap-2
s150: f64 = -0x1.073879922ffeep-1; s151: f64 = -0x1.11eb3541b4b23p-1; s152: f64 = -0x1.1c73b39ae68c8p-1
s153: f64 = -0x1.26d054cdd12dfp-1; s154: f64 = -0x1.30ff7fce17035p-1; s155: f64 = -0x1.3affa292050b9p-1
s156: f64 = -0x1.44cf325091dd6p-1; s157: f64 = -0x1.4e6cabbe3e5e9p-1; s158: f64 = -0x1.57d69348cecap-1
s159: f64 = -0x1.610b7551d2cdfp-1; s160: f64 = -0x1.6a09e667f3bcdp-1; s161: f64 = -0x1.72d0837efff96p-1
s162: f64 = -0x1.7b5df226aafafp-1; s163: f64 = -0x1.83b0e0bff976ep-1; s164: f64 = -0x1.8bc806b151741p-1
s165: f64 = -0x1.93a22499263fbp-1; s166: f64 = -0x1.9b3e047f38741p-1; s167: f64 = -0x1.a29a7a0462782p-1
s168: f64 = -0x1.a9b66290ea1a3p-1; s169: f64 = -0x1.b090a581502p-1; s170: f64 = -0x1.b728345196e3ep-1
s171: f64 = -0x1.bd7c0ac6f952ap-1; s172: f64 = -0x1.c38b2f180bdb1p-1; s173: f64 = -0x1.c954b213411f5p-1
s174: f64 = -0x1.ced7af43cc773p-1; s175: f64 = -0x1.d4134d14dc93ap-1; s176: f64 = -0x1.d906bcf328d46p-1
s177: f64 = -0x1.ddb13b6ccc23cp-1; s178: f64 = -0x1.e212104f686e5p-1; s179: f64 = -0x1.e6288ec48e112p-1
s180: f64 = -0x1.e9f4156c62ddap-1; s181: f64 = -0x1.ed740e7684963p-1; s182: f64 = -0x1.f0a7efb9230d7p-1
s183: f64 = -0x1.f38f3ac64e589p-1; s184: f64 = -0x1.f6297cff75cbp-1; s185: f64 = -0x1.f8764fa714ba9p-1
s186: f64 = -0x1.fa7557f08a517p-1; s187: f64 = -0x1.fc26470e19fd3p-1; s188: f64 = -0x1.fd88da3d12526p-1
s189: f64 = -0x1.fe9cdad01883ap-1; s190: f64 = -0x1.ff621e3796d7ep-1; s191: f64 = -0x1.ffd886084cd0dp-1
s192: f64 = -0x1p+0; s193: f64 = -0x1.ffd886084cd0dp-1; s194: f64 = -0x1.ff621e3796d7ep-1
s195: f64 = -0x1.fe9cdad01883ap-1; s196: f64 = -0x1.fd88da3d12526p-1; s197: f64 = -0x1.fc26470e19fd3p-1
s198: f64 = -0x1.fa7557f08a517p-1; s199: f64 = -0x1.f8764fa714ba9p-1; s200: f64 = -0x1.f6297cff75cbp-1
s201: f64 = -0x1.f38f3ac64e589p-1; s202: f64 = -0x1.f0a7efb9230d7p-1; s203: f64 = -0x1.ed740e7684963p-1
s204: f64 = -0x1.e9f4156c62ddap-1; s205: f64 = -0x1.e6288ec48e112p-1; s206: f64 = -0x1.e212104f686e5p-1
s207: f64 = -0x1.ddb13b6ccc23cp-1; s208: f64 = -0x1.d906bcf328d46p-1; s209: f64 = -0x1.d4134d14dc93ap-1
s210: f64 = -0x1.ced7af43cc773p-1; s211: f64 = -0x1.c954b213411f5p-1; s212: f64 = -0x1.c38b2f180bdb1p-1
s213: f64 = -0x1.bd7c0ac6f952ap-1; s214: f64 = -0x1.b728345196e3ep-1; s215: f64 = -0x1.b090a581502p-1
s216: f64 = -0x1.a9b66290ea1a3p-1; s217: f64 = -0x1.a29a7a0462782p-1; s218: f64 = -0x1.9b3e047f38741p-1
s219: f64 = -0x1.93a22499263fbp-1; s220: f64 = -0x1.8bc806b151741p-1; s221: f64 = -0x1.83b0e0bff976ep-1
s222: f64 = -0x1.7b5df226aafafp-1; s223: f64 = -0x1.72d0837efff96p-1; s224: f64 = -0x1.6a09e667f3bcdp-1
s225: f64 = -0x1.610b7551d2cdfp-1; s226: f64 = -0x1.57d69348cecap-1; s227: f64 = -0x1.4e6cabbe3e5e9p-1
s228: f64 = -0x1.44cf325091dd6p-1; s229: f64 = -0x1.3affa292050b9p-1; s230: f64 = -0x1.30ff7fce17035p-1
s231: f64 = -0x1.26d054cdd12dfp-1; s232: f64 = -0x1.1c73b39ae68c8p-1; s233: f64 = -0x1.11eb3541b4b23p-1
s234: f64 = -0x1.073879922ffeep-1; s235: f64 = -0x1.f8ba4dbf89abap-2; s236: f64 = -0x1.e2b5d3806f63bp-2
s237: f64 = -0x1.cc66e9931c45ep-2; s238: f64 = -0x1.b5d1009e15ccp-2; s239: f64 = -0x1.9ef7943a8ed8ap-2
s240: f64 = -0x1.87de2a6aea963p-2; s241: f64 = -0x1.7088530fa459fp-2; s242: f64 = -0x1.58f9a75ab1fddp-2
s243: f64 = -0x1.4135c94176601p-2; s244: f64 = -0x1.294062ed59f06p-2; s245: f64 = -0x1.111d262b1f677p-2
s246: f64 = -0x1.f19f97b215f1bp-3; s247: f64 = -0x1.c0b826a7e4f63p-3; s248: f64 = -0x1.8f8b83c69a60bp-3
s249: f64 = -0x1.5e214448b3fc6p-3; s250: f64 = -0x1.2c8106e8e613ap-3; s251: f64 = -0x1.f564e56a9730ep-4
s252: f64 = -0x1.917a6bc29b42cp-4; s253: f64 = -0x1.2d52092ce19f6p-4; s254: f64 = -0x1.91f65f10dd814p-5
s255: f64 = -0x1.92155f7a3667ep-6
)";

// What sin(2 pi i / 256) lost
inline constexpr std::string_view kLostOfSines256 =
    R"(d0: f64 = 0x0p+0; d1: f64 = -0x1.b1d63091a013p-64; d2: f64 = -0x1.912bd0d569a9p-61
d3: f64 = -0x1.9a088a8bf6b2cp-59; d4: f64 = -0x1.e2718d26ed688p-60; d5: f64 = 0x1.a2704729ae56dp-59
d6: f64 = 0x1.13000a89a11ep-58; d7: f64 = 0x1.531ff779ddac6p-57; d8: f64 = -0x1.26d19b9ff8d82p-57
d9: f64 = -0x1.af1439e521935p-62; d10: f64 = -0x1.42deef11da2c4p-57; d11: f64 = 0x1.824c20ab7aa9ap-56
d12: f64 = -0x1.5d28da2c4612dp-56; d13: f64 = 0x1.0c97c4afa2518p-56; d14: f64 = -0x1.efdc0d58cf62p-62
d15: f64 = -0x1.44b19e0864c5dp-56; d16: f64 = -0x1.72cedd3d5a61p-57; d17: f64 = 0x1.6da81290bdbabp-57
d18: f64 = 0x1.5b362cb974183p-57; d19: f64 = 0x1.6850e59c37f8fp-58; d20: f64 = 0x1.e0d891d3c6841p-58
d21: f64 = -0x1.2ec1fc1b776b8p-60; d22: f64 = -0x1.a5a014347406cp-55; d23: f64 = -0x1.ef23b69abe4f1p-55
d24: f64 = 0x1.b25dd267f66p-55; d25: f64 = -0x1.5da743ef3770cp-55; d26: f64 = -0x1.efcc626f74a6fp-57
d27: f64 = 0x1.e3e25e3954964p-56; d28: f64 = 0x1.8076a2cfdc6b3p-57; d29: f64 = 0x1.3c293edceb327p-57
d30: f64 = -0x1.75720992bfbb2p-55; d31: f64 = -0x1.251b352ff2a37p-56; d32: f64 = -0x1.bdd3413b26456p-55
d33: f64 = 0x1.0d4ef0f1d915cp-55; d34: f64 = -0x1.0f537acdf0ad7p-56; d35: f64 = -0x1.6f420f8ea3475p-56
d36: f64 = -0x1.2c5e12ed1336dp-55; d37: f64 = 0x1.3d419a920df0bp-55; d38: f64 = -0x1.30ee286712474p-55
d39: f64 = -0x1.128bb015df175p-56; d40: f64 = 0x1.9f630e8b6dac8p-60; d41: f64 = -0x1.926da300ffccep-55
d42: f64 = -0x1.bc69f324e6d61p-55; d43: f64 = -0x1.825a732ac700ap-55; d44: f64 = -0x1.6e0b1757c8d07p-56
d45: f64 = -0x1.2fb761e946603p-58; d46: f64 = -0x1.e7b6bb5ab58aep-58; d47: f64 = -0x1.4ef5295d25af2p-55
d48: f64 = 0x1.457e610231ac2p-56; d49: f64 = 0x1.83c37c6107db3p-55; d50: f64 = -0x1.014c76c126527p-55
d51: f64 = -0x1.16b56f2847754p-57; d52: f64 = 0x1.760b1e2e3f81ep-55; d53: f64 = 0x1.e82c791f59cc2p-56
d54: f64 = 0x1.52c7adc6b4989p-56; d55: f64 = -0x1.d7bafb51f72e6p-56; d56: f64 = 0x1.562172a361fd3p-56
d57: f64 = 0x1.ab256778ffcb6p-56; d58: f64 = -0x1.7a0a8ca13571fp-55; d59: f64 = 0x1.1ec8668ecaceep-55
d60: f64 = -0x1.87df6378811c7p-55; d61: f64 = 0x1.521ecd0c67e35p-57; d62: f64 = -0x1.c57bc2e24aa15p-57
d63: f64 = -0x1.1354d4556e4cbp-55; d64: f64 = 0x0p+0; d65: f64 = -0x1.1354d4556e4cbp-55
d66: f64 = -0x1.c57bc2e24aa15p-57; d67: f64 = 0x1.521ecd0c67e35p-57; d68: f64 = -0x1.87df6378811c7p-55
d69: f64 = 0x1.1ec8668ecaceep-55; d70: f64 = -0x1.7a0a8ca13571fp-55; d71: f64 = 0x1.ab256778ffcb6p-56
d72: f64 = 0x1.562172a361fd3p-56; d73: f64 = -0x1.d7bafb51f72e6p-56; d74: f64 = 0x1.52c7adc6b4989p-56
d75: f64 = 0x1.e82c791f59cc2p-56; d76: f64 = 0x1.760b1e2e3f81ep-55; d77: f64 = -0x1.16b56f2847754p-57
d78: f64 = -0x1.014c76c126527p-55; d79: f64 = 0x1.83c37c6107db3p-55; d80: f64 = 0x1.457e610231ac2p-56
d81: f64 = -0x1.4ef5295d25af2p-55; d82: f64 = -0x1.e7b6bb5ab58aep-58; d83: f64 = -0x1.2fb761e946603p-58
d84: f64 = -0x1.6e0b1757c8d07p-56; d85: f64 = -0x1.825a732ac700ap-55; d86: f64 = -0x1.bc69f324e6d61p-55
d87: f64 = -0x1.926da300ffccep-55; d88: f64 = 0x1.9f630e8b6dac8p-60; d89: f64 = -0x1.128bb015df175p-56
d90: f64 = -0x1.30ee286712474p-55; d91: f64 = 0x1.3d419a920df0bp-55; d92: f64 = -0x1.2c5e12ed1336dp-55
d93: f64 = -0x1.6f420f8ea3475p-56; d94: f64 = -0x1.0f537acdf0ad7p-56; d95: f64 = 0x1.0d4ef0f1d915cp-55
d96: f64 = -0x1.bdd3413b26456p-55; d97: f64 = -0x1.251b352ff2a37p-56; d98: f64 = -0x1.75720992bfbb2p-55
d99: f64 = 0x1.3c293edceb327p-57; d100: f64 = 0x1.8076a2cfdc6b3p-57; d101: f64 = 0x1.e3e25e3954964p-56
d102: f64 = -0x1.efcc626f74a6fp-57; d103: f64 = -0x1.5da743ef3770cp-55; d104: f64 = 0x1.b25dd267f66p-55
d105: f64 = -0x1.ef23b69abe4f1p-55; d106: f64 = -0x1.a5a014347406cp-55; d107: f64 = -0x1.2ec1fc1b776b8p-60
d108: f64 = 0x1.e0d891d3c6841p-58; d109: f64 = 0x1.6850e59c37f8fp-58; d110: f64 = 0x1.5b362cb974183p-57
d111: f64 = 0x1.6da81290bdbabp-57; d112: f64 = -0x1.72cedd3d5a61p-57; d113: f64 = -0x1.44b19e0864c5dp-56
d114: f64 = -0x1.efdc0d58cf62p-62; d115: f64 = 0x1.0c97c4afa2518p-56; d116: f64 = -0x1.5d28da2c4612dp-56
d117: f64 = 0x1.824c20ab7aa9ap-56; d118: f64 = -0x1.42deef11da2c4p-57; d119: f64 = -0x1.af1439e521935p-62
d120: f64 = -0x1.26d19b9ff8d82p-57; d121: f64 = 0x1.531ff779ddac6p-57; d122: f64 = 0x1.13000a89a11ep-58
d123: f64 = 0x1.a2704729ae56dp-59; d124: f64 = -0x1.e2718d26ed688p-60; d125: f64 = -0x1.9a088a8bf6b2cp-59
d126: f64 = -0x1.912bd0d569a9p-61; d127: f64 = -0x1.b1d63091a013p-64; d128: f64 = 0x0p+0
d129: f64 = 0x1.b1d63091a013p-64; d130: f64 = 0x1.912bd0d569a9p-61; d131: f64 = 0x1.9a088a8bf6b2cp-59
d132: f64 = 0x1.e2718d26ed688p-60; d133: f64 = -0x1.a2704729ae56dp-59; d134: f64 = -0x1.13000a89a11ep-58
d135: f64 = -0x1.531ff779ddac6p-57; d136: f64 = 0x1.26d19b9ff8d82p-57; d137: f64 = 0x1.af1439e521935p-62
d138: f64 = 0x1.42deef11da2c4p-57; d139: f64 = -0x1.824c20ab7aa9ap-56; d140: f64 = 0x1.5d28da2c4612dp-56
d141: f64 = -0x1.0c97c4afa2518p-56; d142: f64 = 0x1.efdc0d58cf62p-62; d143: f64 = 0x1.44b19e0864c5dp-56
d144: f64 = 0x1.72cedd3d5a61p-57; d145: f64 = -0x1.6da81290bdbabp-57; d146: f64 = -0x1.5b362cb974183p-57
d147: f64 = -0x1.6850e59c37f8fp-58; d148: f64 = -0x1.e0d891d3c6841p-58; d149: f64 = 0x1.2ec1fc1b776b8p-60
d150: f64 = 0x1.a5a014347406cp-55; d151: f64 = 0x1.ef23b69abe4f1p-55; d152: f64 = -0x1.b25dd267f66p-55
d153: f64 = 0x1.5da743ef3770cp-55; d154: f64 = 0x1.efcc626f74a6fp-57; d155: f64 = -0x1.e3e25e3954964p-56
d156: f64 = -0x1.8076a2cfdc6b3p-57; d157: f64 = -0x1.3c293edceb327p-57; d158: f64 = 0x1.75720992bfbb2p-55
d159: f64 = 0x1.251b352ff2a37p-56; d160: f64 = 0x1.bdd3413b26456p-55; d161: f64 = -0x1.0d4ef0f1d915cp-55
d162: f64 = 0x1.0f537acdf0ad7p-56; d163: f64 = 0x1.6f420f8ea3475p-56; d164: f64 = 0x1.2c5e12ed1336dp-55
d165: f64 = -0x1.3d419a920df0bp-55; d166: f64 = 0x1.30ee286712474p-55; d167: f64 = 0x1.128bb015df175p-56
d168: f64 = -0x1.9f630e8b6dac8p-60; d169: f64 = 0x1.926da300ffccep-55; d170: f64 = 0x1.bc69f324e6d61p-55
d171: f64 = 0x1.825a732ac700ap-55; d172: f64 = 0x1.6e0b1757c8d07p-56; d173: f64 = 0x1.2fb761e946603p-58
d174: f64 = 0x1.e7b6bb5ab58aep-58; d175: f64 = 0x1.4ef5295d25af2p-55; d176: f64 = -0x1.457e610231ac2p-56
d177: f64 = -0x1.83c37c6107db3p-55; d178: f64 = 0x1.014c76c126527p-55; d179: f64 = 0x1.16b56f2847754p-57
d180: f64 = -0x1.760b1e2e3f81ep-55; d181: f64 = -0x1.e82c791f59cc2p-56; d182: f64 = -0x1.52c7adc6b4989p-56
d183: f64 = 0x1.d7bafb51f72e6p-56; d184: f64 = -0x1.562172a361fd3p-56; d185: f64 = -0x1.ab256778ffcb6p-56
d186: f64 = 0x1.7a0a8ca13571fp-55; d187: f64 = -0x1.1ec8668ecaceep-55; d188: f64 = 0x1.87df6378811c7p-55
d189: f64 = -0x1.521ecd0c67e35p-57; d190: f64 = 0x1.c57bc2e24aa15p-57; d191: f64 = 0x1.1354d4556e4cbp-55
d192: f64 = 0x0p+0; d193: f64 = 0x1.1354d4556e4cbp-55; d194: f64 = 0x1.c57bc2e24aa15p-57
d195: f64 = -0x1.521ecd0c67e35p-57; d196: f64 = 0x1.87df6378811c7p-55; d197: f64 = -0x1.1ec8668ecaceep-55
d198: f64 = 0x1.7a0a8ca13571fp-55; d199: f64 = -0x1.ab256778ffcb6p-56; d200: f64 = -0x1.562172a361fd3p-56
d201: f64 = 0x1.d7bafb51f72e6p-56; d202: f64 = -0x1.52c7adc6b4989p-56; d203: f64 = -0x1.e82c791f59cc2p-56
d204: f64 = -0x1.760b1e2e3f81ep-55; d205: f64 = 0x1.16b56f2847754p-57; d206: f64 = 0x1.014c76c126527p-55
d207: f64 = -0x1.83c37c6107db3p-55; d208: f64 = -0x1.457e610231ac2p-56; d209: f64 = 0x1.4ef5295d25af2p-55
d210: f64 = 0x1.e7b6bb5ab58aep-58; d211: f64 = 0x1.2fb761e946603p-58; d212: f64 = 0x1.6e0b1757c8d07p-56
d213: f64 = 0x1.825a732ac700ap-55; d214: f64 = 0x1.bc69f324e6d61p-55; d215: f64 = 0x1.926da300ffccep-55
d216: f64 = -0x1.9f630e8b6dac8p-60; d217: f64 = 0x1.128bb015df175p-56; d218: f64 = 0x1.30ee286712474p-55
d219: f64 = -0x1.3d419a920df0bp-55; d220: f64 = 0x1.2c5e12ed1336dp-55; d221: f64 = 0x1.6f420f8ea3475p-56
d222: f64 = 0x1.0f537acdf0ad7p-56; d223: f64 = -0x1.0d4ef0f1d915cp-55; d224: f64 = 0x1.bdd3413b26456p-55
d225: f64 = 0x1.251b352ff2a37p-56; d226: f64 = 0x1.75720992bfbb2p-55; d227: f64 = -0x1.3c293edceb327p-57
d228: f64 = -0x1.8076a2cfdc6b3p-57; d229: f64 = -0x1.e3e25e3954964p-56; d230: f64 = 0x1.efcc626f74a6fp-57
d231: f64 = 0x1.5da743ef3770cp-55; d232: f64 = -0x1.b25dd267f66p-55; d233: f64 = 0x1.ef23b69abe4f1p-55
d234: f64 = 0x1.a5a014347406cp-55; d235: f64 = 0x1.2ec1fc1b776b8p-60; d236: f64 = -0x1.e0d891d3c6841p-58
d237: f64 = -0x1.6850e59c37f8fp-58; d238: f64 = -0x1.5b362cb974183p-57; d239: f64 = -0x1.6da81290bdbabp-57
d240: f64 = 0x1.72cedd3d5a61p-57; d241: f64 = 0x1.44b19e0864c5dp-56; d242: f64 = 0x1.efdc0d58cf62p-62
d243: f64 = -0x1.0c97c4afa2518p-56; d244: f64 = 0x1.5d28da2c4612dp-56; d245: f64 = -0x1.824c20ab7aa9ap-56
d246: f64 = 0x1.42deef11da2c4p-57; d247: f64 = 0x1.af1439e521935p-62; d248: f64 = 0x1.26d19b9ff8d82p-57
d249: f64 = -0x1.531ff779ddac6p-57; d250: f64 = -0x1.13000a89a11ep-58; d251: f64 = -0x1.a2704729ae56dp-59
d252: f64 = 0x1.e2718d26ed688p-60; d253: f64 = 0x1.9a088a8bf6b2cp-59; d254: f64 = 0x1.912bd0d569a9p-61
d255: f64 = 0x1.b1d63091a013p-64
)";

// c and atan c
inline constexpr std::string_view kArctangents64 =
    R"(c0: f64 = 0x1.0fed2p+1; c1: f64 = 0x1.2fef6p+1; c2: f64 = 0x1.500ep+1; c3: f64 = 0x1.70172p+1
c4: f64 = 0x1.8fff4p+1; c5: f64 = 0x1.afebap+1; c6: f64 = 0x1.cffecp+1; c7: f64 = 0x1.f001p+1
c8: f64 = 0x1.100ep+2; c9: f64 = 0x1.2ff6ap+2; c10: f64 = 0x1.5006ap+2; c11: f64 = 0x1.70186p+2
c12: f64 = 0x1.8fecap+2; c13: f64 = 0x1.b00f2p+2; c14: f64 = 0x1.d0002p+2; c15: f64 = 0x1.f0036p+2
c16: f64 = 0x1.10102p+3; c17: f64 = 0x1.30046p+3; c18: f64 = 0x1.4ff68p+3; c19: f64 = 0x1.7012p+3
c20: f64 = 0x1.9011p+3; c21: f64 = 0x1.afeep+3; c22: f64 = 0x1.d0042p+3; c23: f64 = 0x1p+40
c24: f64 = 0x0p+0; c25: f64 = 0x1.2fef4p-4; c26: f64 = 0x1.5018ep-4; c27: f64 = 0x1.70186p-4
c28: f64 = 0x1.9011ap-4; c29: f64 = 0x1.b002p-4; c30: f64 = 0x1.d0178p-4; c31: f64 = 0x1.f008ap-4
c32: f64 = 0x1.10084p-3; c33: f64 = 0x1.2ff64p-3; c34: f64 = 0x1.4fe9ep-3; c35: f64 = 0x1.70096p-3
c36: f64 = 0x1.900a8p-3; c37: f64 = 0x1.b00f2p-3; c38: f64 = 0x1.d013ep-3; c39: f64 = 0x1.f003ep-3
c40: f64 = 0x1.0ff88p-2; c41: f64 = 0x1.2ff48p-2; c42: f64 = 0x1.4ff82p-2; c43: f64 = 0x1.700c8p-2
c44: f64 = 0x1.8ff56p-2; c45: f64 = 0x1.afecap-2; c46: f64 = 0x1.d00d2p-2; c47: f64 = 0x1.f009ep-2
c48: f64 = 0x1.10132p-1; c49: f64 = 0x1.30094p-1; c50: f64 = 0x1.500bp-1; c51: f64 = 0x1.6ff92p-1
c52: f64 = 0x1.900cep-1; c53: f64 = 0x1.b0142p-1; c54: f64 = 0x1.d001ep-1; c55: f64 = 0x1.efefcp-1
c56: f64 = 0x1.0ff14p+0; c57: f64 = 0x1.2fe8ep+0; c58: f64 = 0x1.4ff16p+0; c59: f64 = 0x1.6ffb8p+0
c60: f64 = 0x1.9007p+0; c61: f64 = 0x1.b0104p+0; c62: f64 = 0x1.d00a4p+0; c63: f64 = 0x1.eff7p+0
a0: f64 = 0x1.217f56bf1be59p+0; a1: f64 = 0x1.2c1522133de7p+0; a2: f64 = 0x1.34f587fc0a2e6p+0
a3: f64 = 0x1.3c73629b055e9p+0; a4: f64 = 0x1.42d6e066a132p+0; a5: f64 = 0x1.485e6abdf522fp+0
a6: f64 = 0x1.4d375ed702fc8p+0; a7: f64 = 0x1.51786f9946d2ep+0; a8: f64 = 0x1.56f9e3230090cp+0
a9: f64 = 0x1.5cffa4c851c7ap+0; a10: f64 = 0x1.61f159e9b207ap+0; a11: f64 = 0x1.660ddf5d65f7cp+0
a12: f64 = 0x1.6980245887907p+0; a13: f64 = 0x1.6c7a1483571acp+0; a14: f64 = 0x1.6f08f2d7fb48fp+0
a15: f64 = 0x1.7146235aad981p+0; a16: f64 = 0x1.7426a14cd97d5p+0; a17: f64 = 0x1.7746e0660225fp+0
a18: f64 = 0x1.79d04513420ebp+0; a19: f64 = 0x1.7bec4e060e0e3p+0; a20: f64 = 0x1.7db0d5b8d27ep+0
a21: f64 = 0x1.7f3140dc53bf4p+0; a22: f64 = 0x1.807f490fd172bp+0; a23: f64 = 0x1.921fb54441d18p+0
a24: f64 = 0x0p+0; a25: f64 = 0x1.2f60ea94fb021p-4; a26: f64 = 0x1.4f588be37ad02p-4
a27: f64 = 0x1.6f1bebd43bd46p-4; a28: f64 = 0x1.8ecdc9a622fbbp-4; a29: f64 = 0x1.ae6aa17a75c64p-4
a30: f64 = 0x1.ce1ef986e464ep-4; a31: f64 = 0x1.eda1422f9d52dp-4; a32: f64 = 0x1.0e72f832783d7p-3
a33: f64 = 0x1.2dc250fd83902p-3; a34: f64 = 0x1.4cf2ef09a650ap-3; a35: f64 = 0x1.6c265d85b1b98p-3
a36: f64 = 0x1.8b110b608a7c2p-3; a37: f64 = 0x1.a9d0acbccc9f3p-3; a38: f64 = 0x1.c85ee0320373ep-3
a39: f64 = 0x1.e6a4f1f2d0003p-3; a40: f64 = 0x1.09d55804a0b3ap-2; a41: f64 = 0x1.2778e0711da1dp-2
a42: f64 = 0x1.44a3275cf652dp-2; a43: f64 = 0x1.61535222d5c1ep-2; a44: f64 = 0x1.7d4cccc5cacf8p-2
a45: f64 = 0x1.98bce19de953bp-2; a46: f64 = 0x1.b3b3f56fd6242p-2; a47: f64 = 0x1.cded33c355004p-2
a48: f64 = 0x1.f42ba4f657422p-2; a49: f64 = 0x1.125cb079d909fp-1; a50: f64 = 0x1.296095d0b7ec7p-1
a51: f64 = 0x1.3f0f73053f271p-1; a52: f64 = 0x1.53975661a6dfbp-1; a53: f64 = 0x1.66e224d7236c1p-1
a54: f64 = 0x1.78f7c3620a96ap-1; a55: f64 = 0x1.89f6fdcf96831p-1; a56: f64 = 0x1.a1948369f54cbp-1
a57: f64 = 0x1.bdd3dd6e24d66p-1; a58: f64 = 0x1.d6dabe67d080bp-1; a59: f64 = 0x1.ed0aa86493c03p-1
a60: f64 = 0x1.00633b947bd79p+0; a61: f64 = 0x1.09311d80e7faep+0; a62: f64 = 0x1.1111145642998p+0
a63: f64 = 0x1.18240bc5a0462p+0
)";

// 1/m, and the cube roots of m, 2 m, 4 m
inline constexpr std::string_view kCubeRoots =
    R"(c0: f64 = 0x1.f819858p-1; c1: f64 = 0x1.e915f4cp-1; c2: f64 = 0x1.dadf25p-1; c3: f64 = 0x1.cd83ep-1
c4: f64 = 0x1.c0e82c4p-1; c5: f64 = 0x1.b4df384p-1; c6: f64 = 0x1.a983c78p-1; c7: f64 = 0x1.9ed3eacp-1
c8: f64 = 0x1.9480a1cp-1; c9: f64 = 0x1.8ac76dp-1; c10: f64 = 0x1.8182e48p-1; c11: f64 = 0x1.78af6dp-1
c12: f64 = 0x1.702c0ccp-1; c13: f64 = 0x1.680f888p-1; c14: f64 = 0x1.6054f38p-1; c15: f64 = 0x1.58f8928p-1
c16: f64 = 0x1.51dc114p-1; c17: f64 = 0x1.4afef28p-1; c18: f64 = 0x1.446925cp-1; c19: f64 = 0x1.3e1bad4p-1
c20: f64 = 0x1.3807fb4p-1; c21: f64 = 0x1.323f33cp-1; c22: f64 = 0x1.2c94544p-1; c23: f64 = 0x1.273496p-1
c24: f64 = 0x1.21f79p-1; c25: f64 = 0x1.1cf2074p-1; c26: f64 = 0x1.18168bp-1; c27: f64 = 0x1.135aee8p-1
c28: f64 = 0x1.0ec88fcp-1; c29: f64 = 0x1.0a677fcp-1; c30: f64 = 0x1.0625c0cp-1; c31: f64 = 0x1.020471p-1
t0: i64 = 0x2aa015496e2fab2d; t1: i64 = 0x2aa03efe61d955f5; t2: i64 = 0x2aa0681531f9ba36
t3: i64 = 0x2aa09037396c3143; t4: i64 = 0x2aa0b78c1d681918; t5: i64 = 0x2aa0de7d5813bd44
t6: i64 = 0x2aa10492d8df3ce8; t7: i64 = 0x2aa129ab36fb1f9c; t8: i64 = 0x2aa14ebd4b00ca71
t9: i64 = 0x2aa172d24513f3a5; t10: i64 = 0x2aa196551e82f4be; t11: i64 = 0x2aa1b939cec921c8
t12: i64 = 0x2aa1dbee4dbf12ba; t13: i64 = 0x2aa1fe02175fbabb; t14: i64 = 0x2aa21f71c1a88eb0
t15: i64 = 0x2aa24035eaef3829; t16: i64 = 0x2aa260c38c9bce83; t17: i64 = 0x2aa2810fdf34097f
t18: i64 = 0x2aa2a0e659133145; t19: i64 = 0x2aa2c0306defe0b7; t20: i64 = 0x2aa2df26a2f51256
t21: i64 = 0x2aa2fd60b935aeac; t22: i64 = 0x2aa31bbde6755bf5; t23: i64 = 0x2aa3393f3adf9b37
t24: i64 = 0x2aa356b4806f1afe; t25: i64 = 0x2aa3739e3dfc4b65; t26: i64 = 0x2aa3903d41d23c8d
t27: i64 = 0x2aa3acc5477df01f; t28: i64 = 0x2aa3c8f56671dd14; t29: i64 = 0x2aa3e48f7b76830a
t30: i64 = 0x2aa3fffa3676aebe; t31: i64 = 0x2aa41b26d37c37d5; t32: i64 = 0x2aa44374d3affe44
t33: i64 = 0x2aa47800f177dfc4; t34: i64 = 0x2aa4abc5d130879e; t35: i64 = 0x2aa4de56485cba5e
t36: i64 = 0x2aa50fe44a328b14; t37: i64 = 0x2aa540f4bb4599d5; t38: i64 = 0x2aa570f055f1ad80
t39: i64 = 0x2aa59fad02591a9b; t40: i64 = 0x2aa5ce61c22b7a1a; t41: i64 = 0x2aa5fbd79ebbc6f3
t42: i64 = 0x2aa628955f5cd5a0; t43: i64 = 0x2aa6548bdad8f194; t44: i64 = 0x2aa680459e4a96de
t45: i64 = 0x2aa6ab34e6e75532; t46: i64 = 0x2aa6d555678031b9; t47: i64 = 0x2aa6fe9dd340e691
t48: i64 = 0x2aa727a18b0292da; t49: i64 = 0x2aa75052fa0bdebb; t50: i64 = 0x2aa7786feedfa388
t51: i64 = 0x2aa79fdc00ddbf49; t52: i64 = 0x2aa7c6de66088c71; t53: i64 = 0x2aa7ecf3c6f485e4
t54: i64 = 0x2aa813355dbe3e54; t55: i64 = 0x2aa83861f71fbf41; t56: i64 = 0x2aa85d7f5f4fdb7d
t57: i64 = 0x2aa881ecfb1bcd5d; t58: i64 = 0x2aa8a5fc70f94032; t59: i64 = 0x2aa8c9eeeebc4867
t60: i64 = 0x2aa8ed72acd971e3; t61: i64 = 0x2aa91039617a63af; t62: i64 = 0x2aa932c46d525f7e
t63: i64 = 0x2aa9550135ed6511; t64: i64 = 0x2aa987c913b902cb; t65: i64 = 0x2aa9c9fdae7b9301
t66: i64 = 0x2aaa0b3741a27d26; t67: i64 = 0x2aaa4aec42cf08f6; t68: i64 = 0x2aaa895ba0e19f0b
t69: i64 = 0x2aaac72ccb17dba2; t70: i64 = 0x2aab03a12a31843f; t71: i64 = 0x2aab3e83b5711631
t72: i64 = 0x2aab795c44d62b81; t73: i64 = 0x2aabb2a30e4059a2; t74: i64 = 0x2aabeb01e126518c
t75: i64 = 0x2aac2265a3837d94; t76: i64 = 0x2aac597ce59d00ac; t77: i64 = 0x2aac8f950beadd0e
t78: i64 = 0x2aacc4a8ab059327; t79: i64 = 0x2aacf8ac0b44fdfb; t80: i64 = 0x2aad2c58dc07d280
t81: i64 = 0x2aad5f9e00e83de4; t82: i64 = 0x2aad922813ebd971; t83: i64 = 0x2aadc3d34a238bef
t84: i64 = 0x2aadf4f95beea5d6; t85: i64 = 0x2aae24f4ce725e4c; t86: i64 = 0x2aae5527f49442ce
t87: i64 = 0x2aae83fe1e74f76a; t88: i64 = 0x2aaeb2c1244233a5; t89: i64 = 0x2aaee0a6ac14951e
t90: i64 = 0x2aaf0e15955f070e; t91: i64 = 0x2aaf3b5ffef51dcb; t92: i64 = 0x2aaf681edfb4abab
t93: i64 = 0x2aaf93ef947bb8ef; t94: i64 = 0x2aafbf751ec1ecdb; t95: i64 = 0x2aafea980e36a721
t96: i64 = 0x2aa0000000000000; t97: i64 = 0x2aa0000000000000; t98: i64 = 0x2aa0000000000000
t99: i64 = 0x2aa0000000000000; t100: i64 = 0x2aa0000000000000; t101: i64 = 0x2aa0000000000000
t102: i64 = 0x2aa0000000000000; t103: i64 = 0x2aa0000000000000; t104: i64 = 0x2aa0000000000000
t105: i64 = 0x2aa0000000000000; t106: i64 = 0x2aa0000000000000; t107: i64 = 0x2aa0000000000000
t108: i64 = 0x2aa0000000000000; t109: i64 = 0x2aa0000000000000; t110: i64 = 0x2aa0000000000000
t111: i64 = 0x2aa0000000000000; t112: i64 = 0x2aa0000000000000; t113: i64 = 0x2aa0000000000000
t114: i64 = 0x2aa0000000000000; t115: i64 = 0x2aa0000000000000; t116: i64 = 0x2aa0000000000000
t117: i64 = 0x2aa0000000000000; t118: i64 = 0x2aa0000000000000; t119: i64 = 0x2aa0000000000000
t120: i64 = 0x2aa0000000000000; t121: i64 = 0x2aa0000000000000; t122: i64 = 0x2aa0000000000000
t123: i64 = 0x2aa0000000000000; t124: i64 = 0x2aa0000000000000; t125: i64 = 0x2aa0000000000000
t126: i64 = 0x2aa0000000000000; t127: i64 = 0x2aa0000000000000
)";

// erf at i/8, its derivative, and the coefficients of the rest
inline constexpr std::string_view kErrors32 =
    R"(e0_0: f64 = 0x0p+0; e0_1: f64 = 0x1.1f5e1a35c3b89p-3; e0_2: f64 = 0x1.1af54e232d609p-2
e0_3: f64 = 0x1.9dd0d2b721f39p-2; e0_4: f64 = 0x1.0a7ef5c18edd2p-1; e0_5: f64 = 0x1.3f196dcd0f135p-1
e0_6: f64 = 0x1.6c1c9759d0e5fp-1; e0_7: f64 = 0x1.91724951b8fc6p-1; e0_8: f64 = 0x1.af767a741088bp-1
e0_9: f64 = 0x1.c6dad2829ec62p-1; e0_10: f64 = 0x1.d8865d98abe01p-1; e0_11: f64 = 0x1.e5768c3b4a3fcp-1
e0_12: f64 = 0x1.eea5557137aep-1; e0_13: f64 = 0x1.f4f693b67bd77p-1; e0_14: f64 = 0x1.f92d077f8d56dp-1
e0_15: f64 = 0x1.fbe61eef4cf6ap-1; e0_16: f64 = 0x1.fd9ae142795e3p-1; e0_17: f64 = 0x1.fea4218d6594ap-1
e0_18: f64 = 0x1.ff404760319b4p-1; e0_19: f64 = 0x1.ff9960f3eb327p-1; e0_20: f64 = 0x1.ffcaa8f4c9beap-1
e0_21: f64 = 0x1.ffe514bbdc197p-1; e0_22: f64 = 0x1.fff2cfb0453d9p-1; e0_23: f64 = 0x1.fff9ba420e834p-1
e0_24: f64 = 0x1.fffd1ac4135f9p-1; e0_25: f64 = 0x1.fffeb3ebb267bp-1; e0_26: f64 = 0x1.ffff6f9f67e55p-1
e0_27: f64 = 0x1.ffffc316d9edp-1; e0_28: f64 = 0x1.ffffe710d565ep-1; e0_29: f64 = 0x1.fffff618c3da6p-1
e0_30: f64 = 0x1.fffffc2f171e3p-1; e0_31: f64 = 0x1.fffffe92ced93p-1
e1_0: f64 = 0x1.20dd750429b6dp+0; e1_1: f64 = 0x1.1c62fa1e869b6p+0; e1_2: f64 = 0x1.0f5d1602f7e41p+0
e1_3: f64 = 0x1.f5f0cdaf15313p-1; e1_4: f64 = 0x1.c1efca49a5011p-1; e1_5: f64 = 0x1.86e9694134b9ep-1
e1_6: f64 = 0x1.492e42d78d2c5p-1; e1_7: f64 = 0x1.0cab61f084b93p-1; e1_8: f64 = 0x1.a911f096fbc26p-2
e1_9: f64 = 0x1.45e99bcbb7915p-2; e1_10: f64 = 0x1.e4652fadcb6b2p-3; e1_11: f64 = 0x1.5ce595c455b0ap-3
e1_12: f64 = 0x1.e723726b824a9p-4; e1_13: f64 = 0x1.499d478bca735p-4; e1_14: f64 = 0x1.b055303221015p-5
e1_15: f64 = 0x1.12ceb37ff9bc3p-5; e1_16: f64 = 0x1.529b9e8cf9a1ep-6; e1_17: f64 = 0x1.94624e78e0fafp-7
e1_18: f64 = 0x1.d4143a9dfe965p-8; e1_19: f64 = 0x1.06918b6355624p-8; e1_20: f64 = 0x1.1d83170fbf6fbp-9
e1_21: f64 = 0x1.2ce898809244ep-10; e1_22: f64 = 0x1.3360ccd23db3ap-11; e1_23: f64 = 0x1.30538fbb77ecdp-12
e1_24: f64 = 0x1.2408e9ba3327fp-13; e1_25: f64 = 0x1.0f9e1b4dd36dfp-14; e1_26: f64 = 0x1.e9b5e8d00ce77p-16
e1_27: f64 = 0x1.abe09e9144b5ep-17; e1_28: f64 = 0x1.6a597219a93dap-18; e1_29: f64 = 0x1.296a70f414053p-19
e1_30: f64 = 0x1.d9371e2ff7c35p-21; e1_31: f64 = 0x1.6ce1aa3fd7bddp-22
e2_0: f64 = -0x1.004de95737d08p-45; e2_1: f64 = -0x1.1c62fa1e2adcap-3; e2_2: f64 = -0x1.0f5d1602a88d1p-2
e2_3: f64 = -0x1.78749a42f3d6ep-2; e2_4: f64 = -0x1.c1efca4952c51p-2; e2_5: f64 = -0x1.e8a3c3914b2b7p-2
e2_6: f64 = -0x1.edc5644340e4fp-2; e2_7: f64 = -0x1.d62beb64f758bp-2; e2_8: f64 = -0x1.a911f09722d57p-2
e2_9: f64 = -0x1.6ea6cf455fdddp-2; e2_10: f64 = -0x1.2ebf3dcccdc62p-2; e2_11: f64 = -0x1.dfbbadee3b9bp-3
e2_12: f64 = -0x1.6d5a95d0c87p-3; e2_13: f64 = -0x1.0bcfca219df89p-3; e2_14: f64 = -0x1.7a4a8a2bc50adp-4
e2_15: f64 = -0x1.01a1c847cb53bp-4; e2_16: f64 = -0x1.529b9e8c9176bp-5; e2_17: f64 = -0x1.ada8735fb9d16p-6
e2_18: f64 = -0x1.074b60f85c356p-6; e2_19: f64 = -0x1.37ccd58559911p-7; e2_20: f64 = -0x1.64e3dcd326633p-8
e2_21: f64 = -0x1.8af148289b324p-9; e2_22: f64 = -0x1.a6a519a1ced5bp-10; e2_23: f64 = -0x1.b5781e9fb45a5p-11
e2_24: f64 = -0x1.b60d5e9bb68ecp-12; e2_25: f64 = -0x1.a8670ab0e4abbp-13; e2_26: f64 = -0x1.8de3cd33be94ap-14
e2_27: f64 = -0x1.690585d8f4743p-15; e2_28: f64 = -0x1.3d0e43e86dec3p-16; e2_29: f64 = -0x1.0d88767248a1ap-17
e2_30: f64 = -0x1.bba3ac7bb5809p-19; e2_31: f64 = -0x1.617a9d1efe7bep-20
e3_0: f64 = -0x1.812746afa81d3p-2; e3_1: f64 = -0x1.6f552dbc9e49cp-2; e3_2: f64 = -0x1.3c974458b68d7p-2
e3_3: f64 = -0x1.e106c51d1ceebp-3; e3_4: f64 = -0x1.2bf5318691775p-3; e3_5: f64 = -0x1.c810502256093p-5
e3_6: f64 = 0x1.b6e8591d5f3fap-6; e3_7: f64 = 0x1.7c9d7569a6b65p-4; e3_8: f64 = 0x1.1b614b0f33a0ap-3
e3_9: f64 = 0x1.4cb3cf0a9aceap-3; e3_10: f64 = 0x1.571d01c5d3c5p-3; e3_11: f64 = 0x1.4374d82e1e985p-3
e3_12: f64 = 0x1.1c2a02bed2a8cp-3; e3_13: f64 = 0x1.d6631e1a571d7p-4; e3_14: f64 = 0x1.7148c3d5997ddp-4
e3_15: f64 = 0x1.143d1c6f5aebap-4; e3_16: f64 = 0x1.8b0ae3a475539p-5; e3_17: f64 = 0x1.0ea475da28f39p-5
e3_18: f64 = 0x1.63ef61e7f3e4cp-6; e3_19: f64 = 0x1.c1ec102ddde06p-7; e3_20: f64 = 0x1.119da0c42b30cp-7
e3_21: f64 = 0x1.407fbd18a1164p-8; e3_22: f64 = 0x1.69cf466c832e6p-9; e3_23: f64 = 0x1.89e17c072b3p-10
e3_24: f64 = 0x1.9db74b1d57de6p-11; e3_25: f64 = 0x1.a3737e2b045a8p-12; e3_26: f64 = 0x1.9aa489e57d4dp-13
e3_27: f64 = 0x1.84522feb4ac51p-14; e3_28: f64 = 0x1.62ccea67d00d9p-15; e3_29: f64 = 0x1.394b1fabb74e3p-16
e3_30: f64 = 0x1.0b6a7b1584679p-17; e3_31: f64 = 0x1.b95fa3a9d09a2p-19
e4_0: f64 = -0x1.9881949e2d522p-28; e4_1: f64 = 0x1.196c8ff1e763ap-4; e4_2: f64 = 0x1.040e7f45291ccp-3
e4_3: f64 = 0x1.55299edae74d7p-3; e4_4: f64 = 0x1.76f272577e305p-3; e4_5: f64 = 0x1.6963c0f101679p-3
e4_6: f64 = 0x1.349b5c02f219ep-3; e4_7: f64 = 0x1.cc605abb631d8p-4; e4_8: f64 = 0x1.1b61560cd9f96p-4
e4_9: f64 = 0x1.ca50ba9ca9a4ep-6; e4_10: f64 = -0x1.93a8d5dbb3343p-8; e4_11: f64 = -0x1.f3b8adec7a8edp-6
e4_12: f64 = -0x1.6d5a8aece338ep-5; e4_13: f64 = -0x1.974c00bdf065cp-5; e4_14: f64 = -0x1.8a0da89d48442p-5
e4_15: f64 = -0x1.5a316bb59c9d8p-5; e4_16: f64 = -0x1.1a2c60c895da4p-5; e4_17: f64 = -0x1.afe560b85b1dfp-6
e4_18: f64 = -0x1.38a98c5d7ba21p-6; e4_19: f64 = -0x1.ae596c54615f7p-7; e4_20: f64 = -0x1.1a89be4d0279cp-7
e4_21: f64 = -0x1.62d4c81f7f068p-8; e4_22: f64 = -0x1.ab0c20b094225p-9; e4_23: f64 = -0x1.ed4ab3e2ff506p-10
e4_24: f64 = -0x1.11c847423a427p-10; e4_25: f64 = -0x1.24542e345abb2p-11; e4_26: f64 = -0x1.2c7d2ec5f8a8bp-12
e4_27: f64 = -0x1.298f4c8b1b41dp-13; e4_28: f64 = -0x1.1c0721371f692p-14; e4_29: f64 = -0x1.0575abed84596p-15
e4_30: f64 = -0x1.d06e860fcc765p-17; e4_31: f64 = -0x1.8e1ee6f002c3cp-18
e5_0: f64 = 0x1.ce2f89035224fp-4; e5_1: f64 = 0x1.aaba57dc444edp-4; e5_2: f64 = 0x1.47e5c9ef2a1b6p-4
e5_3: f64 = 0x1.7488b814d7a04p-5; e5_4: f64 = 0x1.dfef056fb04e1p-8; e5_5: f64 = -0x1.c1240c8cd66f2p-6
e5_6: f64 = -0x1.b42a064bce652p-5; e5_7: f64 = -0x1.1350ed327511ap-4; e5_8: f64 = -0x1.1b6146b7ad86dp-4
e5_9: f64 = -0x1.f65d1447bc0f2p-5; e5_10: f64 = -0x1.8281d2145aa39p-5; e5_11: f64 = -0x1.f572d34f072a7p-6
e5_12: f64 = -0x1.e72391e8ad6d3p-7; e5_13: f64 = -0x1.17d498b1bf3efp-9; e5_14: f64 = 0x1.b22236e6bda8bp-8
e5_15: f64 = 0x1.779b17a7b731ap-7; e5_16: f64 = 0x1.ace74135e5508p-7; e5_17: f64 = 0x1.9973b9dece3afp-7
e5_18: f64 = 0x1.5d3b1e8919a57p-7; e5_19: f64 = 0x1.11daeaab2151p-7; e5_20: f64 = 0x1.90e81bbdb19e8p-8
e5_21: f64 = 0x1.146c50ded3949p-8; e5_22: f64 = 0x1.69359b485f0a1p-9; e5_23: f64 = 0x1.c11f296abe9b5p-10
e5_24: f64 = 0x1.0a7b533c09f11p-10; e5_25: f64 = 0x1.2e7e6ebe73fcbp-11; e5_26: f64 = 0x1.490a3ddca3c65p-12
e5_27: f64 = 0x1.57755e73a09e8p-13; e5_28: f64 = 0x1.586b8b9cbd5eap-14; e5_29: f64 = 0x1.4c1fb5129e775p-15
e5_30: f64 = 0x1.343682eea3db2p-16; e5_31: f64 = 0x1.13713072c76f7p-17
e6_0: f64 = -0x1.65dbe4b7ae888p-17; e6_1: f64 = -0x1.72c4fe38f0695p-6; e6_2: f64 = -0x1.4b941a3ba1b65p-5
e6_3: f64 = -0x1.99ef278b31071p-5; e6_4: f64 = -0x1.9975d9db3cee2p-5; e6_5: f64 = -0x1.526047d748701p-5
e6_6: f64 = -0x1.b80ee2ab6a12dp-6; e6_7: f64 = -0x1.5415d6a3044c5p-7; e6_8: f64 = 0x1.2c70930328926p-8
e6_9: f64 = 0x1.fbf438fc2adedp-7; e6_10: f64 = 0x1.5c7412ed7e621p-6; e6_11: f64 = 0x1.6aae4604c49b1p-6
e6_12: f64 = 0x1.3c69c3ee29c18p-6; e6_13: f64 = 0x1.d83b88bc201f9p-7; e6_14: f64 = 0x1.25d7427d3a838p-7
e6_15: f64 = 0x1.0d96111a34f84p-8; e6_16: f64 = 0x1.eb5806e3de79fp-12; e6_17: f64 = -0x1.db59304a57c56p-10
e6_18: f64 = -0x1.7be98da9a6ad6p-9; e6_19: f64 = -0x1.97b64c9ca08f2p-9; e6_20: f64 = -0x1.6e9a6e075e064p-9
e6_21: f64 = -0x1.26785bb028054p-9; e6_22: f64 = -0x1.b29843dc7532p-10; e6_23: f64 = -0x1.2b1260e153998p-10
e6_24: f64 = -0x1.835c261174fc4p-11; e6_25: f64 = -0x1.daf8681c76d08p-12; e6_26: f64 = -0x1.14d4d4b3564c6p-12
e6_27: f64 = -0x1.33b743cbecce1p-13; e6_28: f64 = -0x1.46ecead33a882p-14; e6_29: f64 = -0x1.4c951c832da78p-15
e6_30: f64 = -0x1.44700c1a604aap-16; e6_31: f64 = -0x1.2fd952627a6d4p-17
e7_0: f64 = -0x1.b64c10e3f5899p-6; e7_1: f64 = -0x1.88b6caf713a92p-6; e7_2: f64 = -0x1.08994dd6dd7e4p-6
e7_3: f64 = -0x1.65b4ccff3a114p-8; e7_4: f64 = 0x1.616787c1bc046p-8; e7_5: f64 = 0x1.c71b2b5a3c3fbp-7
e7_6: f64 = 0x1.2da9862743877p-6; e7_7: f64 = 0x1.305c21f2ca72p-6; e7_8: f64 = 0x1.f03a5903190efp-7
e7_9: f64 = 0x1.3ababa384ab54p-7; e7_10: f64 = 0x1.dbf00eb78a4fep-9; e7_11: f64 = -0x1.7193c9e8a8be7p-10
e7_12: f64 = -0x1.362f417f1480ap-8; e7_13: f64 = -0x1.94c011ce90c0dp-8; e7_14: f64 = -0x1.8cb91535a2b45p-8
e7_15: f64 = -0x1.42d91607ebf79p-8; e7_16: f64 = -0x1.baea6f37b8d09p-9; e7_17: f64 = -0x1.ea75836493e5ep-10
e7_18: f64 = -0x1.60a5583163d98p-11; e7_19: f64 = 0x1.fcbd169c2f403p-14; e7_20: f64 = 0x1.1b9c3b40c0b97p-11
e7_21: f64 = 0x1.6480860b62114p-11; e7_22: f64 = 0x1.527e152195f9dp-11; e7_23: f64 = 0x1.1512ba025230bp-11
e7_24: f64 = 0x1.99a114540f51bp-12; e7_25: f64 = 0x1.1794f2e99e936p-12; e7_26: f64 = 0x1.64d0ec8d26c1p-13
e7_27: f64 = 0x1.ad1f5d296abb8p-14; e7_28: f64 = 0x1.e8e8e91e502bfp-15; e7_29: f64 = 0x1.08daa0e6a812bp-15
e7_30: f64 = 0x1.11a7b6b7e936fp-16; e7_31: f64 = 0x1.0e3b3a25298bap-17
)";

// c, and the coefficients of e^(x^2) erfc x next to it
inline constexpr std::string_view kScaledErrors32 =
    R"(c0: f64 = 0x1.2p+0; c1: f64 = 0x1.6p+0; c2: f64 = 0x1.ap+0; c3: f64 = 0x1.ep+0
c4: f64 = 0x1.1p+1; c5: f64 = 0x1.3p+1; c6: f64 = 0x1.5p+1; c7: f64 = 0x1.7p+1
c8: f64 = 0x1.ap+1; c9: f64 = 0x1.ep+1; c10: f64 = 0x1.1p+2; c11: f64 = 0x1.3p+2
c12: f64 = 0x1.5p+2; c13: f64 = 0x1.7p+2; c14: f64 = 0x1.9p+2; c15: f64 = 0x1.bp+2
c16: f64 = 0x1.ep+2; c17: f64 = 0x1.1p+3; c18: f64 = 0x1.3p+3; c19: f64 = 0x1.5p+3
c20: f64 = 0x1.7p+3; c21: f64 = 0x1.9p+3; c22: f64 = 0x1.bp+3; c23: f64 = 0x1.dp+3
c24: f64 = 0x1p-4; c25: f64 = 0x1.8p-3; c26: f64 = 0x1.4p-2; c27: f64 = 0x1.cp-2
c28: f64 = 0x1.2p-1; c29: f64 = 0x1.6p-1; c30: f64 = 0x1.ap-1; c31: f64 = 0x1.ep-1
e0_0: f64 = 0x1.9531e09b132a1p-2; e0_1: f64 = 0x1.5f88f52f3bcc7p-2; e0_2: f64 = 0x1.3583f66442d5dp-2
e0_3: f64 = 0x1.13e5743b601f2p-2; e0_4: f64 = 0x1.f0fd28fdc1e06p-3; e0_5: f64 = 0x1.c3987d04d0a2dp-3
e0_6: f64 = 0x1.9d7738e1f4cefp-3; e0_7: f64 = 0x1.7d0a5e9dd569fp-3; e0_8: f64 = 0x1.54a7a08d487f5p-3
e0_9: f64 = 0x1.2a2af19c13609p-3; e0_10: f64 = 0x1.08e62ce8c81ebp-3; e0_11: f64 = 0x1.dc603a3e777dcp-4
e0_12: f64 = 0x1.b096face143dfp-4; e0_13: f64 = 0x1.8c14049cd5398p-4; e0_14: f64 = 0x1.6d2f811bf72cfp-4
e0_15: f64 = 0x1.52b80d463c405p-4; e0_16: f64 = 0x1.31742f4d8a7ccp-4; e0_17: f64 = 0x1.0e078051f3962p-4
e0_18: f64 = 0x1.e3db9bbbef069p-5; e0_19: f64 = 0x1.b634a50065499p-5; e0_20: f64 = 0x1.90658c4eb5572p-5
e0_21: f64 = 0x1.7093453935a97p-5; e0_22: f64 = 0x1.556d4dd1f5fc8p-5; e0_23: f64 = 0x1.3dfeb7461489dp-5
e0_24: f64 = 0x1.ddcd359cbe111p-1; e0_25: f64 = 0x1.a36bbb7f3672cp-1; e0_26: f64 = 0x1.73c189ceaece8p-1
e0_27: f64 = 0x1.4c630ec387cdap-1; e0_28: f64 = 0x1.2b84f076e14aep-1; e0_29: f64 = 0x1.0fce4e96dd5e7p-1
e0_30: f64 = 0x1.f0723ff5acdb8p-2; e0_31: f64 = 0x1.c7f81382721c5p-2
e1_0: f64 = -0x1.e78b35676ff6ap-3; e1_1: f64 = -0x1.797a639d80b8p-3; e1_2: f64 = -0x1.2b11e6959900ep-3
e1_3: f64 = -0x1.e36580c7f7039p-4; e1_4: f64 = -0x1.8d6f73d5a9f9fp-4; e1_5: f64 = -0x1.4baeac94dc7edp-4
e1_6: f64 = -0x1.18737afe10667p-4; e1_7: f64 = -0x1.dfc0205709abcp-5; e1_8: f64 = -0x1.82a8522b839afp-5
e1_9: f64 = -0x1.2aa6503acca0ap-5; e1_10: f64 = -0x1.da39533523d8p-6; e1_11: f64 = -0x1.81149bc4a0b7fp-6
e1_12: f64 = -0x1.3e981b3b13381p-6; e1_13: f64 = -0x1.0bc46cdc18ef6p-6; e1_14: f64 = -0x1.c82c132848e81p-7
e1_15: f64 = -0x1.8914e8736d70ap-7; e1_16: f64 = -0x1.404455ba9c758p-7; e1_17: f64 = -0x1.f57cad15da26cp-8
e1_18: f64 = -0x1.93108c935656fp-8; e1_19: f64 = -0x1.4ae8bbe708181p-8; e1_20: f64 = -0x1.14782b974515fp-8
e1_21: f64 = -0x1.d4cddeef7863fp-9; e1_22: f64 = -0x1.9276b60443ed1p-9; e1_23: f64 = -0x1.5d3dd94e2addcp-9
e1_24: f64 = -0x1.0300a1aa5dcc3p+0; e1_25: f64 = -0x1.a47283b89ef25p-1; e1_26: f64 = -0x1.5961f3e7261fap-1
e1_27: f64 = -0x1.1ee43d1d3c8fdp-1; e1_28: f64 = -0x1.e18ab7052be4p-2; e1_29: f64 = -0x1.97fe7bf1c60c9p-2
e1_30: f64 = -0x1.5cbc2c216dee7p-2; e1_31: f64 = -0x1.2c84af7c10e05p-2
e2_0: f64 = 0x1.05e72538dd91p-3; e2_1: f64 = 0x1.701342e116b22p-4; e2_2: f64 = 0x1.0a15ac351579ap-4
e2_3: f64 = 0x1.8a6efef75bd0dp-5; e2_4: f64 = 0x1.2adaf7b040298p-5; e2_5: f64 = 0x1.cdc880a600de4p-6
e2_6: f64 = 0x1.6afd3ba71ace8p-6; e2_7: f64 = 0x1.21c23afbfa4bap-6; e2_8: f64 = 0x1.a7eddd05830eep-7
e2_9: f64 = 0x1.22f0667588f28p-7; e2_10: f64 = 0x1.9ef716b0ac1bep-8; e2_11: f64 = 0x1.317c145d0979bp-8
e2_12: f64 = 0x1.cdeae21dddab4p-9; e2_13: f64 = 0x1.6535041445c4fp-9; e2_14: f64 = 0x1.19a24492e70b2p-9
e2_15: f64 = 0x1.c39a49395199bp-10; e2_16: f64 = 0x1.4d07bc000bdb1p-10; e2_17: f64 = 0x1.cea22f6accf56p-11
e2_18: f64 = 0x1.4dfd33568b0dep-11; e2_19: f64 = 0x1.f19730a9fc45ap-12; e2_20: f64 = 0x1.7c66d2aa67debp-12
e2_21: f64 = 0x1.29378714582dfp-12; e2_22: f64 = 0x1.d9243e614dbebp-13; e2_23: f64 = 0x1.7eaa5740297dbp-13
e2_24: f64 = 0x1.bd6d216b94faep-1; e2_25: f64 = 0x1.549642cf1a18dp-1; e2_26: f64 = 0x1.07d2ed97fd3a4p-1
e2_27: f64 = 0x1.9dbe680f664acp-2; e2_28: f64 = 0x1.482bd9fc109a5p-2; e2_29: f64 = 0x1.071da7f849837p-2
e2_30: f64 = 0x1.aa32b836090fcp-3; e2_31: f64 = 0x1.5c775dfcedeadp-3
e3_0: f64 = -0x1.01343a3ce26cep-4; e3_1: f64 = -0x1.4bcdb9e7435f5p-5; e3_2: f64 = -0x1.ba018e711c6d8p-6
e3_3: f64 = -0x1.2ef92f75330d7p-6; e3_4: f64 = -0x1.aa2443b0cee9ap-7; e3_5: f64 = -0x1.32a8abcbec55bp-7
e3_6: f64 = -0x1.c28dd3c80f14ap-8; e3_7: f64 = -0x1.512f92fe64fc2p-8; e3_8: f64 = -0x1.c24b4a225ae1cp-9
e3_9: f64 = -0x1.1434ae25950a6p-9; e3_10: f64 = -0x1.63732286bf4fep-10; e3_11: f64 = -0x1.dc1af896d1cd1p-11
e3_12: f64 = -0x1.49d492abdaa1p-11; e3_13: f64 = -0x1.d662fdae537ep-12; e3_14: f64 = -0x1.57e0ab5113e42p-12
e3_15: f64 = -0x1.00e4e3d4a561cp-12; e3_16: f64 = -0x1.5783a2d876eccp-13; e3_17: f64 = -0x1.a80f296c884f7p-14
e3_18: f64 = -0x1.134ff455e862ep-14; e3_19: f64 = -0x1.748157118d47ep-15; e3_20: f64 = -0x1.04c166899fe3ap-15
e3_21: f64 = -0x1.77b3f79d310f5p-16; e3_22: f64 = -0x1.1560775e17489p-16; e3_23: f64 = -0x1.a2517ed9aa229p-17
e3_24: f64 = -0x1.46c6f62b61331p-1; e3_25: f64 = -0x1.db731eefe08c7p-2; e3_26: f64 = -0x1.5e956236d2f3fp-2
e3_27: f64 = -0x1.05d8c8792dc48p-2; e3_28: f64 = -0x1.8bed65e110df5p-3; e3_29: f64 = -0x1.2ecd75f56bbccp-3
e3_30: f64 = -0x1.d43ed8cb2145ap-4; e3_31: f64 = -0x1.6dcc9e7aa9839p-4
e4_0: f64 = 0x1.d4e62af3090a2p-6; e4_1: f64 = 0x1.17eb3bacbf3cp-6; e4_2: f64 = 0x1.5a13c3039deap-7
e4_3: f64 = 0x1.b99523a43ad34p-8; e4_4: f64 = 0x1.21de99f7cd9fcp-8; e4_5: f64 = 0x1.868099e3ac4c4p-9
e4_6: f64 = 0x1.0d4083686cc24p-9; e4_7: f64 = 0x1.7b402723b833cp-10; e4_8: f64 = 0x1.d08384b11faep-11
e4_9: f64 = 0x1.ffeeb3d35f7afp-12; e4_10: f64 = 0x1.2a6574cc1371ap-12; e4_11: f64 = 0x1.6cc085334e104p-13
e4_12: f64 = 0x1.d03d9cd845ae8p-14; e4_13: f64 = 0x1.31dd9eeb9541cp-14; e4_14: f64 = 0x1.9f5798ec99142p-15
e4_15: f64 = 0x1.21806abd17d6p-15; e4_16: f64 = 0x1.5f88a7de37c8cp-16; e4_17: f64 = 0x1.824131ffa723dp-17
e4_18: f64 = 0x1.c38f57d647653p-18; e4_19: f64 = 0x1.15ad651061b27p-18; e4_20: f64 = 0x1.6433733491836p-19
e4_21: f64 = 0x1.d97675ecfae03p-20; e4_22: f64 = 0x1.445d0e5201d6dp-20; e4_23: f64 = 0x1.c83df404a7c77p-21
e4_24: f64 = 0x1.a90088ad15a7fp-2; e4_25: f64 = 0x1.28035ed94c504p-2; e4_26: f64 = 0x1.a2170daf38b9dp-3
e4_27: f64 = 0x1.2b2f7d2510205p-3; e4_28: f64 = 0x1.b1a21262bec49p-4; e4_29: f64 = 0x1.3e0dff4cc4398p-4
e4_30: f64 = 0x1.d7f24c1ed6956p-5; e4_31: f64 = 0x1.61feda2bc88bdp-5
e5_0: f64 = -0x1.9109ba65a0a97p-7; e5_1: f64 = -0x1.bdf1bd8700b08p-8; e5_2: f64 = -0x1.014e6d665a9bep-8
e5_3: f64 = -0x1.33233ee88d0dbp-9; e5_4: f64 = -0x1.7a17dcdc94be7p-10; e5_5: f64 = -0x1.deb421499a30bp-11
e5_6: f64 = -0x1.36e973d861fa6p-11; e5_7: f64 = -0x1.9d6eff4dd4b04p-12; e5_8: f64 = -0x1.d25ce67cb47f1p-13
e5_9: f64 = -0x1.cfcca9b4fef3dp-14; e5_10: f64 = -0x1.eb87f23fec005p-15; e5_11: f64 = -0x1.12f1145acf552p-15
e5_12: f64 = -0x1.4230917b9fc5ap-16; e5_13: f64 = -0x1.890095d176b0bp-17; e5_14: f64 = -0x1.f06738a62c833p-18
e5_15: f64 = -0x1.433e0487df631p-18; e5_16: f64 = -0x1.64faffc7c9926p-19; e5_17: f64 = -0x1.5da782de311bbp-20
e5_18: f64 = -0x1.7073e27b0ab4cp-21; e5_19: f64 = -0x1.9c3e6501c1fe5p-22; e5_20: f64 = -0x1.e4dc688020bafp-23
e5_21: f64 = -0x1.296d7d1e0c898p-23; e5_22: f64 = -0x1.7a517b31928e2p-24; e5_23: f64 = -0x1.f078296519d86p-25
e5_24: f64 = -0x1.f597c200e50c6p-3; e5_25: f64 = -0x1.4ff5172d7b3p-3; e5_26: f64 = -0x1.c8691e2acd4f4p-4
e5_27: f64 = -0x1.3a3d57f0385d1p-4; e5_28: f64 = -0x1.b6592f7e75ec6p-5; e5_29: f64 = -0x1.358dc20807134p-5
e5_30: f64 = -0x1.ba6d59caf3216p-6; e5_31: f64 = -0x1.3fc82ca83becep-6
e6_0: f64 = 0x1.45dd1f3547fc2p-8; e6_1: f64 = 0x1.52ffc955c0733p-9; e6_2: f64 = 0x1.6ea7acc59b63fp-10
e6_3: f64 = 0x1.9afcdd2044de1p-11; e6_4: f64 = 0x1.dc07d0d29df68p-12; e6_5: f64 = 0x1.1c19c45e89248p-12
e6_6: f64 = 0x1.5c99d9355193p-13; e6_7: f64 = 0x1.b6baaeffcdc24p-14; e6_8: f64 = 0x1.cbb646e458589p-15
e6_9: f64 = 0x1.9db499a7d4ef4p-16; e6_10: f64 = 0x1.8f7e1a3d67121p-17; e6_11: f64 = 0x1.99c807dfe74b7p-18
e6_12: f64 = 0x1.bace6a63ef65cp-19; e6_13: f64 = 0x1.f4a02ba030b21p-20; e6_14: f64 = 0x1.26679fd7fbe31p-20
e6_15: f64 = 0x1.668277f2adf6fp-21; e6_16: f64 = 0x1.6a98e40f2e9e9p-22; e6_17: f64 = 0x1.3c91fd91d919p-23
e6_18: f64 = 0x1.2cabe4a3a06b6p-24; e6_19: f64 = 0x1.3208737f3aab3p-25; e6_20: f64 = 0x1.4a0357ea09748p-26
e6_21: f64 = 0x1.75b327bdae4b3p-27; e6_22: f64 = 0x1.b9428f70bf2d1p-28; e6_23: f64 = 0x1.0e20a03058f14p-28
e6_24: f64 = 0x1.1166e2fe1103fp-3; e6_25: f64 = 0x1.6150ebb004bcbp-4; e6_26: f64 = 0x1.cf2360bebef2ep-5
e6_27: f64 = 0x1.33bdb3bf48a0ap-5; e6_28: f64 = 0x1.9e675d778159fp-6; e6_29: f64 = 0x1.1a952c9e533abp-6
e6_30: f64 = 0x1.861e2d7bf9a73p-7; e6_31: f64 = 0x1.10760aeb51775p-7
e7_0: f64 = -0x1.f595eae7ab91cp-10; e7_1: f64 = -0x1.ea755fde706d6p-11; e7_2: f64 = -0x1.f3526f1e7b505p-12
e7_3: f64 = -0x1.07d238c26208p-12; e7_4: f64 = -0x1.208962ba5e114p-13; e7_5: f64 = -0x1.45bd1029af07dp-14
e7_6: f64 = -0x1.7aa8cc9645ffcp-15; e7_7: f64 = -0x1.c43b59943e4eep-16; e7_8: f64 = -0x1.b74aa8784260cp-17
e7_9: f64 = -0x1.67779d2637711p-18; e7_10: f64 = -0x1.3d84f59d2eb99p-19; e7_11: f64 = -0x1.2b94eaaf9f83dp-20
e7_12: f64 = -0x1.2b4a8e9a08f7ap-21; e7_13: f64 = -0x1.3a4b7a2914c8p-22; e7_14: f64 = -0x1.58d1babd241c5p-23
e7_15: f64 = -0x1.8935a897d07bbp-24; e7_16: f64 = -0x1.6ab60a0473432p-25; e7_17: f64 = -0x1.1b1e716b1fdffp-26
e7_18: f64 = -0x1.e5cfc353592e3p-28; e7_19: f64 = -0x1.c2967bd4a75a8p-29; e7_20: f64 = -0x1.be13115b1933ep-30
e7_21: f64 = -0x1.d2b44d9ecfea4p-31; e7_22: f64 = -0x1.fffe9adfc20eep-32; e7_23: f64 = -0x1.249d9d89fb47fp-32
e7_24: f64 = -0x1.15587ea87ff39p-4; e7_25: f64 = -0x1.5ab67b09e9a4p-5; e7_26: f64 = -0x1.b7b3e98177ff7p-6
e7_27: f64 = -0x1.1ab69553a4f44p-6; e7_28: f64 = -0x1.70738c378c496p-7; e7_29: f64 = -0x1.e66f3807c19f6p-8
e7_30: f64 = -0x1.451f0c82ce348p-8; e7_31: f64 = -0x1.b7d990f31b302p-9
)";

// Coefficients of (x + 0.7) e^(x^2) erfc x - 0.66
inline constexpr std::string_view kRestOfScaledErfc =
    R"(f0: f64 = 0x1.a28260f64a4e3p-6; f1: f64 = -0x1.7a485d9f73b9cp-3; f2: f64 = 0x1.7f946d82b8ee5p-6
f3: f64 = 0x1.6f5a7141204cep-3; f4: f64 = -0x1.4bbfe0d82942ep-2; f5: f64 = 0x1.61ea2d49bc43cp-2
f6: f64 = -0x1.08db5202b6d17p-2; f7: f64 = 0x1.137e04fab06e5p-3; f8: f64 = -0x1.4cf7c68a6c1dfp-5
f9: f64 = -0x1.91c1f02ec7767p-11; f10: f64 = 0x1.b0bbe92e36658p-8; f11: f64 = -0x1.f34451e77b972p-10
f12: f64 = -0x1.646d0ad62b234p-11; f13: f64 = 0x1.f12a168488855p-12; f14: f64 = 0x1.0b4322a82714ep-14
f15: f64 = -0x1.9ebdde10f0644p-14; f16: f64 = -0x1.0d330e8dbb694p-17; f17: f64 = 0x1.507d1f558dd52p-16
f18: f64 = 0x1.05d0022626a49p-19; f19: f64 = -0x1.aa97dfbf54c0dp-19; f20: f64 = -0x1.ce87f61703897p-22
)";

// Coefficients of (asin r - r) / r^3 for r^2
inline constexpr std::string_view kRestOfArcsine =
    R"(f0: f64 = 0x1.5555555555555p-3; f1: f64 = 0x1.333333333332dp-4; f2: f64 = 0x1.6db6db6db7c7fp-5
f3: f64 = 0x1.f1c71c70ee54ap-6; f4: f64 = 0x1.6e8ba31c9dc09p-6; f5: f64 = 0x1.1c4ebd7735bf2p-6
f6: f64 = 0x1.c99afe79266f3p-7; f7: f64 = 0x1.7a70c2a695fep-7; f8: f64 = 0x1.40e38d543d8d2p-7
f9: f64 = 0x1.0a9849ba5937fp-7; f10: f64 = 0x1.2031dbbbbad45p-7; f11: f64 = 0x1.8f5a75293b096p-12
f12: f64 = 0x1.7184808eff5eep-6; f13: f64 = -0x1.898d77b6dddb2p-6; f14: f64 = 0x1.f74bdb0d4b5bep-6
)";

}  // namespace ulpforge::targets::scheme_text
