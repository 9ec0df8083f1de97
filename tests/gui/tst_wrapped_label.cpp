// SPDX-License-Identifier: MIT
#include "gui/widgets/wrapped_label.h"

#include <QTest>

using namespace lavascope;

namespace {

const QString sentence =
    QStringLiteral("A sentence that is long enough to be broken into several lines in a narrow window.");

/// As Qt's own label says it, newly asked.
int plainHeight(const WrappedLabel& like, int width) {
    QLabel plain(like.text());
    plain.setWordWrap(true);
    plain.setFont(like.font());
    plain.setContentsMargins(like.contentsMargins());
    return plain.heightForWidth(width);
}

} // namespace

class TestWrappedLabel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyWidth_givesTheHeightOfAPlainLabel() {
        const WrappedLabel label(sentence);
        for (int round = 0; round < 2; ++round)
            for (int width = 40; width < 900; width += 37)
                QCOMPARE(label.heightForWidth(width), plainHeight(label, width));
    }

    void newText_isMeasuredAnew() {
        WrappedLabel label(QStringLiteral("Short."));
        const int one = label.heightForWidth(150);
        label.setText(sentence);
        QVERIFY(label.heightForWidth(150) > one);
        QCOMPARE(label.heightForWidth(150), plainHeight(label, 150));
    }

    void largerLetters_areMeasuredAnew() {
        WrappedLabel label(sentence);
        const int before = label.heightForWidth(150);
        QFont font = label.font();
        font.setPointSizeF(font.pointSizeF() * 2);
        label.setFont(font);
        QVERIFY(label.heightForWidth(150) > before);
        QCOMPARE(label.heightForWidth(150), plainHeight(label, 150));
    }

    void widerMargins_areMeasuredAnew() {
        WrappedLabel label(sentence);
        const int before = label.heightForWidth(150);
        label.setContentsMargins(20, 20, 20, 20);
        QVERIFY(label.heightForWidth(150) > before);
        QCOMPARE(label.heightForWidth(150), plainHeight(label, 150));
    }
};

QTEST_MAIN(TestWrappedLabel)
#include "tst_wrapped_label.moc"
