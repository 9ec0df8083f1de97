// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

class QApplication;
class QPalette;
class QVariant;
class QWidget;

namespace lavascope {

enum class Theme { System, Light, Dark, HighContrast };

/// Colours that mean something, for the palette in use. Each is readable on the window's and the fields'
/// background.
struct MeaningColors {
    QColor accent;
    QColor good;
    QColor warning;
    QColor bad;
    QColor quiet; ///< secondary text
    QColor border;
    QColor card; ///< background of a raised area
};

[[nodiscard]] MeaningColors meaningColors(const QPalette& palette);

/// Gives the whole program its look. System follows the desktop's own colours, high contrast included.
void applyTheme(QApplication& application, Theme theme);
[[nodiscard]] QString themeName(Theme theme); ///< `system`, `light`, …: as remembered between starts
[[nodiscard]] Theme themeByName(const QString& name);

enum class TextRole { Quiet, Bad, Headline, Title, Chip, Main };
/// What a label or button is for, by which the style sheet draws it.
void setTextRole(QWidget* widget, TextRole role);
/// What a text says beside its words: good or bad news. The words say it too, colour alone never does.
enum class Tone { Quiet, Good, Warning, Bad };
void setTone(QWidget* widget, Tone tone);
/// A property that the style sheet looks at; the widget is drawn anew at once.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);

/// The font for code, bytes and credentials, in the size of the program's own text.
[[nodiscard]] QFont codeFont();

/// Text that a tool tip shows as it is: tool tips take whatever looks like HTML for HTML.
[[nodiscard]] QString plainToolTip(const QString& text);

} // namespace lavascope
