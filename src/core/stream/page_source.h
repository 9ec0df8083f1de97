// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace lavascope {

/// Where tables that grow with an answer get their memory from. What it gave stays where it is as long as the
/// source lives.
class PageSource {
public:
    PageSource() = default;
    PageSource(const PageSource&) = delete;
    PageSource& operator=(const PageSource&) = delete;
    virtual ~PageSource() = default;

    /// That many zeros, aligned for any plain type; never null.
    [[nodiscard]] virtual char* newPage(qsizetype bytes) = 0;
};

/// Pages in ordinary memory.
class HeapPages final : public PageSource {
public:
    [[nodiscard]] char* newPage(qsizetype bytes) override {
        return m_pages.emplace_back(std::make_unique<char[]>(size_t(bytes))).get();
    }

private:
    std::vector<std::unique_ptr<char[]>> m_pages;
};

} // namespace lavascope
