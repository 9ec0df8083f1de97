// SPDX-License-Identifier: MIT
#include "gui/appearance.h"

#include <QApplication>
#include <QPalette>
#include <QTest>

#include <cmath>

using namespace lavascope;

class TestAppearance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyColour_canBeReadOnItsBackground_data();
    void everyColour_canBeReadOnItsBackground();
    void theme_isRememberedByItsName();
};

namespace {

// Relative luminance and contrast ratio as in the Web Content Accessibility Guidelines 2.2.
double channel(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}
double luminance(const QColor& color) {
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) +
           0.0722 * channel(color.blueF());
}
double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

} // namespace

void TestAppearance::everyColour_canBeReadOnItsBackground_data() {
    QTest::addColumn<QString>("theme");
    QTest::addColumn<double>("leastContrast");
    QTest::newRow("light") << QStringLiteral("light") << 4.5;
    QTest::newRow("dark") << QStringLiteral("dark") << 4.5;
    QTest::newRow("high contrast") << QStringLiteral("high_contrast") << 7.0;
}

void TestAppearance::everyColour_canBeReadOnItsBackground() {
    QFETCH(QString, theme);
    QFETCH(double, leastContrast);
    applyTheme(*qApp, themeByName(theme));
    const QPalette palette = QApplication::palette();
    const MeaningColors colors = meaningColors(palette);
    const auto readable = [&](const QColor& text, const QColor& background) {
        const double ratio = contrast(text, background);
        return ratio >= leastContrast ? QByteArray()
                                      : (text.name() + QStringLiteral(" on ") + background.name() +
                                         QStringLiteral(": ") + QString::number(ratio))
                                            .toUtf8();
    };
    const QList<QColor> backgrounds{palette.color(QPalette::Window), palette.color(QPalette::Base),
                                    palette.color(QPalette::AlternateBase), colors.card};
    const QList<QColor> texts{palette.color(QPalette::Text),
                              palette.color(QPalette::PlaceholderText),
                              colors.accent,
                              colors.good,
                              colors.warning,
                              colors.bad,
                              colors.quiet};
    for (const QColor& background : backgrounds)
        for (const QColor& text : texts)
            QCOMPARE(readable(text, background), QByteArray());
    QCOMPARE(readable(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)), QByteArray());
    QCOMPARE(readable(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)),
             QByteArray());
}

void TestAppearance::theme_isRememberedByItsName() {
    for (Theme theme : {Theme::System, Theme::Light, Theme::Dark, Theme::HighContrast})
        QCOMPARE(themeByName(themeName(theme)), theme);
    QCOMPARE(themeByName(QStringLiteral("klingon")), Theme::System);
}

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
