// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <cstdlib>
#include <memory>
#include <new>
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
        // What comes fresh from the system is zeros already, and becomes real memory where it is written.
        Page page(static_cast<char*>(std::calloc(size_t(bytes), 1)));
        if (!page)
            throw std::bad_alloc();
        return m_pages.emplace_back(std::move(page)).get();
    }

private:
    struct Free {
        void operator()(char* page) const { std::free(page); }
    };
    using Page = std::unique_ptr<char, Free>;

    std::vector<Page> m_pages;
};

} // namespace lavascope
