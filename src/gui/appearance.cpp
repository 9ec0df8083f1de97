// SPDX-License-Identifier: MIT
#include "gui/appearance.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>

namespace lavascope {

namespace {

struct Shades {
    const char* window;
    const char* base;
    const char* alternate;
    const char* text;
    const char* quiet;
    const char* button;
    const char* accent;
    const char* onAccent;
    const char* border;
    const char* good;
    const char* warning;
    const char* bad;
    const char* card;
};

constexpr Shades lightShades{"#f6f4f2", "#ffffff", "#faf8f6", "#211c1e", "#655d60", "#ffffff", "#c2410c",
                             "#ffffff", "#d9d3ce", "#1a7f42", "#8a5a00", "#b42318", "#ffffff"};
constexpr Shades darkShades{"#1d1a1c", "#252124", "#2a2629", "#ece7e4", "#a79fa2", "#2f2a2d", "#fb7a35",
                            "#1d1a1c", "#443d41", "#6cc58a", "#f0b840", "#ff7b72", "#2a2528"};
constexpr Shades contrastShades{"#000000", "#000000", "#000000", "#ffffff", "#ffffff", "#000000", "#ffd60a",
                                "#000000", "#ffffff", "#5cff8a", "#ffd60a", "#ff9d96", "#000000"};

QColor color(const char* name) {
    return QColor(QLatin1String(name));
}

QPalette paletteOf(const Shades& shades) {
    QPalette palette(color(shades.button), color(shades.window));
    for (QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, color(shades.text));
    palette.setColor(QPalette::Base, color(shades.base));
    palette.setColor(QPalette::AlternateBase, color(shades.alternate));
    palette.setColor(QPalette::ToolTipBase, color(shades.base));
    palette.setColor(QPalette::PlaceholderText, color(shades.quiet));
    palette.setColor(QPalette::Highlight, color(shades.accent));
    palette.setColor(QPalette::HighlightedText, color(shades.onAccent));
    palette.setColor(QPalette::Link, color(shades.accent));
    palette.setColor(QPalette::Mid, color(shades.border));
    for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(shades.quiet));
    return palette;
}

// What the desktop itself uses; read before we ever set a palette of our own.
const QPalette& systemPalette() {
    static const QPalette palette = QApplication::style()->standardPalette();
    return palette;
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

// Qt 6.4 does not tell it; a desktop that is set to it has pure black and white.
bool isHighContrast(const QPalette& palette) {
    return palette.color(QPalette::Window) == Qt::black && palette.color(QPalette::WindowText) == Qt::white;
}

const Shades& shadesFor(Theme theme, const QPalette& system) {
    switch (theme) {
    case Theme::Light:
        return lightShades;
    case Theme::Dark:
        return darkShades;
    case Theme::HighContrast:
        return contrastShades;
    case Theme::System:
        break;
    }
    return isHighContrast(system) ? contrastShades : isDark(system) ? darkShades : lightShades;
}

const Shades& shadesOf(const QPalette& palette) {
    for (const Shades* shades : {&lightShades, &darkShades, &contrastShades})
        if (palette.color(QPalette::Window) == color(shades->window))
            return *shades;
    return isDark(palette) ? darkShades : lightShades;
}

QString styleSheetFor(const QPalette& palette) {
    const MeaningColors colors = meaningColors(palette);
    const QString text = QStringLiteral(R"(
        QLabel#title { font-weight: 600; }
        QLabel[role="quiet"] { color: %QUIET%; }
        QLabel[role="bad"] { color: %BAD%; }
        QLabel[role="headline"] { font-weight: 600; }
        QLabel[role="title"] { font-weight: 600; font-size: %TITLESIZE%pt; }
        QLabel[role="chip"] { border: 1px solid %BORDER%; border-radius: 4px; padding: 1px 6px; background: %CARD%; }
        QLabel[tone="quiet"] { color: %QUIET%; }
        QLabel[tone="good"] { color: %GOOD%; }
        QLabel[tone="warning"] { color: %WARNING%; }
        QLabel[tone="bad"] { color: %BAD%; }
        QLabel[role="chip"][tone="good"] { border-color: %GOOD%; }
        QLabel[role="chip"][tone="warning"] { border-color: %WARNING%; }
        QLabel[role="chip"][tone="bad"] { border-color: %BAD%; }
        QLineEdit, QPlainTextEdit, QTextEdit, QTableView, QTreeView, lavascope--BodyView {
            background: %BASE%; border: 1px solid %BORDER%; border-radius: 4px; }
        QLineEdit { padding: 3px 6px; min-height: 1.3em; }
        QComboBox, QAbstractSpinBox { background: %BASE%; border: 1px solid %BORDER%; border-radius: 4px; padding: 3px 6px; min-height: 1.3em; }
        QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
        QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid %ACCENT%; padding: 2px 5px; }
        QComboBox:disabled, QAbstractSpinBox:disabled, QLineEdit:disabled { color: %QUIET%; background: %WINDOW%; }
        QComboBox::drop-down { border: none; width: 1.6em; }
        QComboBox::down-arrow { image: url(:/icons/chevron-down.png); width: 0.8em; height: 0.8em; }
        QComboBox QAbstractItemView { background: %BASE%; border: 1px solid %BORDER%; }
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 1.6em; }
        QAbstractSpinBox::up-arrow { image: url(:/icons/chevron-up.png); width: 0.7em; height: 0.7em; }
        QAbstractSpinBox::down-arrow { image: url(:/icons/chevron-down.png); width: 0.7em; height: 0.7em; }
        QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, lavascope--BodyView:focus { border: 2px solid %ACCENT%; }
        QTableView:focus, QTreeView:focus { border-color: %ACCENT%; }
        QLineEdit:focus { padding: 2px 5px; }
        QPushButton, QToolButton { border: 1px solid %BORDER%; border-radius: 4px; padding: 4px 12px; background: %BUTTON%; }
        QToolButton { padding: 4px 8px; }
        QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
        QToolButton[role="quiet"] { border-color: transparent; background: transparent; color: %QUIET%; }
        QToolButton[role="bad"] { border-color: transparent; background: transparent; color: %BAD%; font-weight: 600; }
        QToolButton[role="quiet"]:hover { border-color: %BORDER%; }
        QPushButton:hover, QToolButton:hover { border-color: %ACCENT%; }
        QPushButton:focus, QToolButton:focus { border: 2px solid %ACCENT%; padding: 3px 11px; }
        QToolButton:focus { padding: 3px 7px; }
        QPushButton:pressed, QPushButton:checked, QToolButton:pressed { background: %BORDER%; }
        QPushButton:disabled, QToolButton:disabled { color: %QUIET%; }
        QToolButton::menu-indicator { image: none; width: 0; }
        QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
        QPushButton[role="main"] { background: %ACCENT%; color: %ONACCENT%; border-color: %ACCENT%; font-weight: 600; padding: 5px 20px; }
        QPushButton[role="main"]:focus { border: 2px solid %TEXT%; padding: 4px 19px; }
        QPushButton[role="main"][running="true"] { background: %BASE%; color: %BAD%; border-color: %BAD%; }
        QTabWidget::pane { border: 1px solid %BORDER%; border-radius: 4px; top: -1px; }
        QTabWidget::pane QPlainTextEdit, QTabWidget::pane QTextEdit, QTabWidget::pane QTableView, QTabWidget::pane lavascope--BodyView { border-radius: 0; }
        QTabBar::tab { padding: 5px 12px; border: none; border-bottom: 2px solid transparent; color: %QUIET%; }
        QTabBar::tab:selected { color: %TEXT%; border-bottom: 2px solid %ACCENT%; font-weight: 600; }
        QTabBar::tab:focus { color: %ACCENT%; }
        QTabBar QToolButton { padding: 0; }
        QTabBar QToolButton::left-arrow { image: url(:/icons/chevron-left.png); width: 0.8em; height: 0.8em; }
        QTabBar QToolButton::right-arrow { image: url(:/icons/chevron-right.png); width: 0.8em; height: 0.8em; }
        QCheckBox::indicator { width: 1em; height: 1em; border: 1px solid %QUIET%; border-radius: 3px; background: %BASE%; }
        QCheckBox::indicator:checked { background: %ACCENT%; border-color: %ACCENT%; image: url(:/icons/%CHECK%.png); }
        QCheckBox::indicator:disabled { border-color: %BORDER%; }
        QCheckBox:focus { color: %ACCENT%; }
        QHeaderView::section { background: %WINDOW%; color: %QUIET%; border: none; border-bottom: 1px solid %BORDER%; padding: 4px 3px; }
        QGroupBox { border: 1px solid %BORDER%; border-radius: 4px; margin-top: 1.2em; }
        QGroupBox::title { subcontrol-origin: margin; left: 8px; padding: 0 4px; color: %QUIET%; }
        QSplitter::handle { background: %BORDER%; }
        QSplitter::handle:horizontal { width: 1px; }
        lavascope--DiagnosisCard { background: %CARD%; border: 1px solid %BORDER%; border-left: 4px solid %BAD%; border-radius: 4px; }
        lavascope--DiagnosisCard[tone="warning"] { border-left-color: %WARNING%; }
        lavascope--DiagnosisCard[tone="quiet"] { border-left-color: %QUIET%; }
        lavascope--ReplayStrip { background: %CARD%; border: none; border-left: 4px solid %ACCENT%; border-bottom: 1px solid %BORDER%; }
        lavascope--ToolCard { background: %CARD%; border: 1px solid %BORDER%; border-radius: 4px; }
        QPushButton[segment="true"] { min-width: 6em; }
        QPushButton[segment="true"]:checked { color: %ACCENT%; border-color: %ACCENT%; background: %CARD%; font-weight: 600; }
        QListWidget#library { border: none; background: transparent; outline: 0; }
        QListWidget#library::item { padding: 5px 12px; border: none; color: %TEXT%; }
        QListWidget#library::item:selected { background: %CARD%; color: %ACCENT%; font-weight: 600; }
        QListWidget#library::item:disabled { color: %QUIET%; }
        QWidget#sendBar { border-bottom: 1px solid %BORDER%; }
        QLabel#environmentMark[live="true"] { color: %BAD%; font-weight: 700; }
        QLabel#environmentMark[live="false"] { color: %GOOD%; font-weight: 600; }
        QPlainTextEdit, QTextEdit { selection-background-color: %ACCENT%; selection-color: %ONACCENT%; }
    )");
    QString sheet = text;
    const QList<std::pair<const char*, QColor>> names{
        {"%QUIET%", colors.quiet},
        {"%BAD%", colors.bad},
        {"%GOOD%", colors.good},
        {"%WARNING%", colors.warning},
        {"%ACCENT%", colors.accent},
        {"%BORDER%", colors.border},
        {"%CARD%", colors.card},
        {"%BASE%", palette.color(QPalette::Base)},
        {"%WINDOW%", palette.color(QPalette::Window)},
        {"%BUTTON%", palette.color(QPalette::Button)},
        {"%TEXT%", palette.color(QPalette::WindowText)},
        {"%ONACCENT%", palette.color(QPalette::HighlightedText)},
    };
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1String(name), value.name());
    const bool darkOnAccent = palette.color(QPalette::HighlightedText).lightnessF() < 0.5F;
    sheet.replace(QLatin1String("%CHECK%"), QLatin1String(darkOnAccent ? "check-dark" : "check"));
    constexpr double titleScale = 1.2;
    sheet.replace(QLatin1String("%TITLESIZE%"),
                  QString::number(QApplication::font().pointSizeF() * titleScale, 'f', 1));
    return sheet;
}

} // namespace

MeaningColors meaningColors(const QPalette& palette) {
    const Shades& shades = shadesOf(palette);
    return {color(shades.accent), color(shades.good),   color(shades.warning), color(shades.bad),
            color(shades.quiet),  color(shades.border), color(shades.card)};
}

void applyTheme(QApplication& application, Theme theme) {
    const QPalette& system = systemPalette();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const QPalette palette = paletteOf(shadesFor(theme, system));
    QApplication::setPalette(palette);
    application.setStyleSheet(styleSheetFor(palette));
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void setTextRole(QWidget* widget, TextRole role) {
    const auto name = [role] {
        switch (role) {
        case TextRole::Bad:
            return QStringLiteral("bad");
        case TextRole::Headline:
            return QStringLiteral("headline");
        case TextRole::Title:
            return QStringLiteral("title");
        case TextRole::Chip:
            return QStringLiteral("chip");
        case TextRole::Main:
            return QStringLiteral("main");
        case TextRole::Quiet:
            break;
        }
        return QStringLiteral("quiet");
    };
    setStyleProperty(widget, "role", name());
}

void setTone(QWidget* widget, Tone tone) {
    const auto name = [tone] {
        switch (tone) {
        case Tone::Good:
            return QStringLiteral("good");
        case Tone::Warning:
            return QStringLiteral("warning");
        case Tone::Bad:
            return QStringLiteral("bad");
        case Tone::Quiet:
            break;
        }
        return QStringLiteral("quiet");
    };
    setStyleProperty(widget, "tone", name());
}

QString themeName(Theme theme) {
    switch (theme) {
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    case Theme::HighContrast:
        return QStringLiteral("high_contrast");
    case Theme::System:
        break;
    }
    return QStringLiteral("system");
}

Theme themeByName(const QString& name) {
    for (Theme theme : {Theme::Light, Theme::Dark, Theme::HighContrast})
        if (name == themeName(theme))
            return theme;
    return Theme::System;
}

QFont codeFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

QString plainToolTip(const QString& text) {
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

} // namespace lavascope
