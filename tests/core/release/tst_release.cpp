// SPDX-License-Identifier: MIT
#include "core/release/release.h"

#include <QTest>

using namespace lavascope;

namespace {

const QString asked = QStringLiteral("api.code.example");

QString pageIn(const QByteArray& address) {
    const auto release = readRelease("{\"tag_name\":\"v1.0.0\",\"html_url\":\"" + address + "\"}", asked);
    return release ? release->page : QStringLiteral("unreadable");
}

} // namespace

class TestRelease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answer_isReadWithWhatItNeedsAlone() {
        const auto release = readRelease(
            R"({"url":1,"tag_name":"v1.2.0","body":"Fixed\nmuch","html_url":"https://code.example/r/1"})",
            asked);
        QVERIFY(release);
        QCOMPARE(release->version.text(), QStringLiteral("1.2.0"));
        QCOMPARE(release->notes, QStringLiteral("Fixed\nmuch"));
        QCOMPARE(release->page, QStringLiteral("https://code.example/r/1"));
        QVERIFY(readRelease(R"({"tag_name":"1.2.0","body":null})", asked));
    }

    void pageElsewhere_isLeftOut() {
        QCOMPARE(pageIn("https://code.example/r"), QStringLiteral("https://code.example/r"));
        QCOMPARE(pageIn("https://api.code.example/r"), QStringLiteral("https://api.code.example/r"));
        for (const char* address :
             {"", "http://code.example/r", "https://evil.example/r", "https://code.example.evil.example/r",
              "https://code.example@evil.example/r", "https://u:p@code.example/r", "file:///etc/passwd",
              "javascript:alert(1)", "//code.example/r", "https:///r", "https://www.code.example/r"})
            QVERIFY2(pageIn(address).isEmpty(), address);
    }

    void answerThatIsNoRelease_isAnError() {
        for (const char* body : {"", "<html>", "[]", "null", "{", "{\"tag_name\":\"1.0.0\"} x"})
            QCOMPARE(readRelease(body, asked).error().code, QStringLiteral("release_unreadable"));
        for (const char* body : {"{}", R"({"tag_name":7})", R"({"tag_name":"nightly"})"})
            QCOMPARE(readRelease(body, asked).error().code, QStringLiteral("release_without_version"));
    }

    void endlessNotes_areCutBetweenCharacters() {
        const QByteArray notes =
            QString(30'000, u'a').replace(19'999, 2, QStringLiteral("\U0001F30B")).toUtf8();
        const auto release = readRelease("{\"tag_name\":\"1.0.0\",\"body\":\"" + notes + "\"}", asked);
        QVERIFY(release);
        QCOMPARE(release->notes, QString(19'999, u'a') + QStringLiteral("…"));
    }
};

QTEST_APPLESS_MAIN(TestRelease)
#include "tst_release.moc"
