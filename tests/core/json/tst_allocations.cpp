// SPDX-License-Identifier: MIT
// A program of its own, because it counts what every `new` in it does.
#include "core/json/document.h"

#include <QTest>

#include <cstdlib>
#include <new>

namespace {

int allocations = 0;

} // namespace

void* operator new(size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, size_t) noexcept {
    std::free(memory);
}

using namespace lavascope::json;

class TestAllocations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void documentUsedAgain_allocatesNothing() {
        const QByteArray first =
            R"({"choices":[{"index":0,"delta":{"content":"first \"one\" \u00e9"}}],"n":[1,2]})";
        const QByteArray second =
            R"({"choices":[{"index":0,"delta":{"content":"a\nb \ud83d\ude00"}}],"n":[]})";
        Document document;
        QByteArray text;
        text.reserve(100);
        const char* memory = text.constData();
        allocations = 0;
        QVERIFY(!document.scan(first));
        QVERIFY2(allocations > 0, "the counter counts");

        allocations = 0;
        for (int i = 0; i < 100; ++i) {
            text.resize(0);
            const bool good = !document.scan(second);
            document.root()["choices"].at(0)["delta"]["content"].appendUtf8(text);
            if (!good || allocations > 0)
                break;
        }
        QCOMPARE(allocations, 0);
        QCOMPARE(text, QByteArray("a\nb \xf0\x9f\x98\x80"));
        QVERIFY(text.constData() == memory);
    }
};

QTEST_GUILESS_MAIN(TestAllocations)
#include "tst_allocations.moc"
