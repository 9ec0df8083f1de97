// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStringList>
#include <QWidget>

namespace lavascope {

/// What a widget shows, found by object names as a person finds it by its place.
class Shown {
public:
    explicit Shown(const QWidget& root)
        : m_root(&root) {}

    template <typename T>
    [[nodiscard]] T* find(const char* name) const {
        T* found = m_root->findChild<T*>(QLatin1String(name));
        Q_ASSERT_X(found, "find", name);
        return found;
    }
    [[nodiscard]] QString label(const char* name) const { return find<QLabel>(name)->text(); }
    [[nodiscard]] QString text(const char* name) const { return find<QPlainTextEdit>(name)->toPlainText(); }
    [[nodiscard]] bool isHidden(const char* name) const { return !find<QWidget>(name)->isVisible(); }
    [[nodiscard]] QString cells(const char* name) const {
        const QAbstractItemModel* model = find<QAbstractItemView>(name)->model();
        QStringList cells;
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                cells += model->index(row, column).data().toString();
        return cells.join(QLatin1Char('\n'));
    }

    /// Class and object name of each widget that the Tab key reaches and a screen reader cannot name.
    [[nodiscard]] QStringList nameless() const {
        QStringList names;
        for (const QWidget* widget : m_root->findChildren<QWidget*>()) {
            const bool inner = widget->objectName().startsWith(QStringLiteral("qt_")) ||
                               qobject_cast<const QAbstractItemView*>(widget->parentWidget()) ||
                               qobject_cast<const QComboBox*>(widget->parentWidget()) ||
                               widget->window() != m_root->window() || widget->focusProxy();
            const bool reached = (widget->focusPolicy() & Qt::TabFocus) != 0;
            if (reached && !inner && (widget->accessibleName().isEmpty() || widget->objectName().isEmpty()))
                names += QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                         widget->objectName();
        }
        return names;
    }

    /// Texts of labels that would take what looks like HTML for HTML.
    [[nodiscard]] QStringList richLabels() const {
        QStringList texts;
        for (const QLabel* label : m_root->findChildren<QLabel*>())
            if (label->textFormat() != Qt::PlainText)
                texts += label->objectName() + QLatin1Char(' ') + label->text();
        return texts;
    }

private:
    const QWidget* m_root;
};

} // namespace lavascope
