// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

#include <array>
#include <cstdint>

namespace lavascope {

/// The CRC-32 of IEEE 802.3 (reflected, polynomial 0xEDB88320), as gzip, PNG and Amazon's frames use it.
[[nodiscard]] inline uint32_t crc32(QByteArrayView bytes) {
    static constexpr auto table = [] {
        std::array<uint32_t, 256> made{};
        for (uint32_t i = 0; i < made.size(); ++i) {
            uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1U) : value >> 1U;
            made[i] = value;
        }
        return made;
    }();
    uint32_t crc = 0xFFFFFFFFU;
    for (char c : bytes)
        crc = table[(crc ^ uint8_t(c)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

} // namespace lavascope
