//! The dyes of the traditions.
//!
//! The names are those that workshops and dyers' books use; a colour is what is seen in well-kept cloth, since dyes and
//! hands differ.

use super::palette::{Dye, Family, dye};

/// Grounds of Nanjing brocade.
pub(super) const YUN_GROUNDS: &[Dye] = &[
    dye("大红", 0xA8121E),
    dye("石青", 0x16284E),
    dye("墨绿", 0x123C34),
    dye("玄色", 0x191620),
    dye("酱紫", 0x4A1730),
    dye("明黄", 0xD9A520),
    dye("宝蓝", 0x1C3F86),
    dye("绛色", 0x6E1424),
    dye("官绿", 0x1F5A38),
    dye("驼褐", 0x4E3820),
];

/// Halo families of Nanjing brocade.
pub(super) const YUN_FAMILIES: &[Family] = &[
    [dye("水红", 0xF3BFC0), dye("银红", 0xDF5F6C), dye("大红", 0xB0141F)],
    [dye("妃色", 0xF6D3C6), dye("桃红", 0xE6709A), dye("胭脂", 0x96184A)],
    [dye("杏黄", 0xF6CE8C), dye("橘红", 0xEA7A2C), dye("朱砂", 0xB83A1B)],
    [dye("鹅黄", 0xF8E39A), dye("明黄", 0xF0B927), dye("赭黄", 0xB4741C)],
    [dye("豆绿", 0xC9DCA2), dye("葱绿", 0x74AA50), dye("官绿", 0x2B6B37)],
    [dye("水绿", 0xC4E2D2), dye("广绿", 0x3F9E84), dye("墨绿", 0x14503F)],
    [dye("玉白", 0xD5E8EA), dye("古月", 0x6FAFCB), dye("宝蓝", 0x1D4A96)],
    [dye("月白", 0xD3DFEE), dye("品蓝", 0x5379BE), dye("石青", 0x1B2D5C)],
    [dye("藕荷", 0xE2CADB), dye("青莲", 0x9160A4), dye("酱紫", 0x542052)],
    [dye("牙白", 0xF5E4CC), dye("肉色", 0xDDAA82), dye("赭石", 0x8C4E30)],
    [dye("秋香", 0xD9CC94), dye("古铜", 0x9A7F42), dye("鼻烟", 0x55402A)],
    [dye("香色", 0xE0C9A6), dye("驼色", 0xA9835A), dye("棕色", 0x5D3B24)],
    [dye("银灰", 0xDADAD6), dye("瓦灰", 0x97999B), dye("鸽灰", 0x53565E)],
    [dye("本白", 0xF4EFE2), dye("鱼肚白", 0xC5C1BA), dye("铁灰", 0x45444A)],
    [dye("灰", 0x85807C), dye("铁灰", 0x4A474A), dye("玄色", 0x1D1A1E)],
];

/// Skins, each in three close steps.
pub(super) const SKINS: &[Family] = &[
    [dye("粉白", 0xF6DECB), dye("肉色", 0xE9BC9C), dye("赭肉", 0xC68F6B)],
    [dye("浅肉", 0xE8BE98), dye("肉赭", 0xC99670), dye("浅赭", 0x99664A)],
    [dye("赭肉", 0xC4926A), dye("赭石", 0x98643F), dye("栗色", 0x63402B)],
    [dye("浅赭", 0xA87349), dye("栗色", 0x7A4C30), dye("棕黑", 0x442A1E)],
];

/// Suzhou brocade: tea, moss, stone and dull red.
pub(super) const SONG: &[Dye] = &[
    dye("本色", 0xE9DFC6),
    dye("米色", 0xDCCBA6),
    dye("秋香", 0xBCA66A),
    dye("香色", 0xC3A274),
    dye("茶褐", 0x8A6440),
    dye("驼褐", 0xA58560),
    dye("棕褐", 0x5E4430),
    dye("鼻烟", 0x473729),
    dye("沉香", 0x7D6446),
    dye("豆沙", 0xA4675A),
    dye("绛色", 0x7A2C2C),
    dye("木红", 0xAE5144),
    dye("妃红", 0xD29A88),
    dye("藕色", 0xCFB2A6),
    dye("苔绿", 0x76794A),
    dye("豆绿", 0xA5B088),
    dye("松绿", 0x486353),
    dye("湖绿", 0x86A697),
    dye("石青", 0x2C3E58),
    dye("石蓝", 0x566F8C),
    dye("月白", 0xB8C4C6),
    dye("灰蓝", 0x84979F),
    dye("藏青", 0x232A3C),
    dye("烟紫", 0x6D5868),
    dye("银灰", 0xB9B4A6),
    dye("瓦灰", 0x807D76),
    dye("墨色", 0x2C2826),
    dye("金黄", 0xC99C44),
];

/// Shu: figure wefts, saturated.
pub(super) const SHU: &[Dye] = &[
    dye("本白", 0xF6F0E0),
    dye("鹅黄", 0xF9DE6E),
    dye("明黄", 0xF3B816),
    dye("橘黄", 0xEF8A1A),
    dye("朱红", 0xDD3A1E),
    dye("大红", 0xB9101F),
    dye("绛红", 0x6E0F1C),
    dye("桃红", 0xE65A8A),
    dye("粉红", 0xF4B7B8),
    dye("肉色", 0xE3AE88),
    dye("肉粉", 0xF4D2B6),
    dye("浅赭", 0xC48A62),
    dye("赭石", 0x97522C),
    dye("栗色", 0x55291A),
    dye("葱绿", 0x5FAE45),
    dye("翠绿", 0x12884F),
    dye("墨绿", 0x0E4532),
    dye("豆青", 0xB5D6A4),
    dye("湖蓝", 0x2FA0B6),
    dye("天蓝", 0x86C2E4),
    dye("宝蓝", 0x1B52AE),
    dye("藏蓝", 0x142A62),
    dye("青莲", 0x7B3C9A),
    dye("紫酱", 0x421640),
    dye("雪青", 0xBDA4D6),
    dye("玄色", 0x181318),
    dye("银灰", 0xC6C6C2),
    dye("瓦灰", 0x84868A),
];

/// Warp stripes of Shu, each a gradation through a hue (晕裥), from light to dark.
pub(super) const SHU_STRIPES: &[[Dye; 5]] = &[
    [
        dye("粉红", 0xF0A79C),
        dye("珊瑚", 0xE06A5C),
        dye("朱红", 0xCF3322),
        dye("大红", 0xA8141E),
        dye("绛红", 0x6A101C),
    ],
    [
        dye("鹅黄", 0xF7DE84),
        dye("明黄", 0xEFBA2C),
        dye("橘黄", 0xE08C1C),
        dye("赭黄", 0xB0621C),
        dye("赭石", 0x77401C),
    ],
    [
        dye("豆青", 0xB9D79C),
        dye("葱绿", 0x78B050),
        dye("翠绿", 0x2F8A48),
        dye("官绿", 0x17633C),
        dye("墨绿", 0x0F4030),
    ],
    [
        dye("月白", 0xB8D6E4),
        dye("天蓝", 0x73ACD2),
        dye("湖蓝", 0x3C80B8),
        dye("宝蓝", 0x1F549C),
        dye("藏蓝", 0x162E64),
    ],
    [
        dye("雪青", 0xD0BCDC),
        dye("藕荷", 0xAE86BA),
        dye("青莲", 0x83509C),
        dye("紫色", 0x5C2C74),
        dye("紫酱", 0x3A1748),
    ],
    [
        dye("本白", 0xF0E8D4),
        dye("米色", 0xDCC8A0),
        dye("香色", 0xBC9C6C),
        dye("驼色", 0x8A6844),
        dye("棕色", 0x543A26),
    ],
    [
        dye("银白", 0xDEDEDA),
        dye("银灰", 0xB2B4B6),
        dye("瓦灰", 0x80848A),
        dye("铁灰", 0x50545C),
        dye("玄色", 0x24242C),
    ],
];

/// Zhuang: floss in strong colours.
pub(super) const ZHUANG: &[Dye] = &[
    dye("大红", 0xCE1426),
    dye("黑", 0x161418),
    dye("本白", 0xF3ECDC),
    dye("明黄", 0xF8C31C),
    dye("翠绿", 0x0F8A48),
    dye("宝蓝", 0x1746A8),
    dye("桃红", 0xE83E8C),
    dye("橘红", 0xF07018),
    dye("青莲", 0x6E2A92),
    dye("湖蓝", 0x26A4C8),
    dye("葱绿", 0x8CC63C),
    dye("绛红", 0x72101E),
    dye("粉红", 0xF3A2AC),
    dye("肉黄", 0xE6AE72),
    dye("棕", 0x6C3A1C),
    dye("月蓝", 0xAFCBE6),
    dye("墨绿", 0x0C4430),
    dye("藏青", 0x141F50),
    dye("灰", 0x9A9690),
    dye("豆绿", 0xB9D6A0),
    dye("肉色", 0xF0C8A0),
    dye("赭", 0xB4713F),
];
