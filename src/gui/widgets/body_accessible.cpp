// SPDX-License-Identifier: MIT
#include "gui/widgets/body_accessible.h"

#include "gui/widgets/body_view.h"

#include <QAccessibleWidget>

#include <algorithm>

namespace lavascope {

namespace {

class BodyAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit BodyAccessible(BodyView* view)
        : QAccessibleWidget(view, QAccessible::EditableText) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface*>(this)
                                                  : QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? view()->visibleText() : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }

    void selection(int index, int* begin, int* end) const override {
        *begin = *end = 0;
        if (index != 0)
            return;
        const ByteRange selected = view()->selection();
        *begin = view()->placeInSight(selected.begin);
        *end = view()->placeInSight(selected.end);
    }
    [[nodiscard]] int selectionCount() const override {
        const ByteRange selected = view()->selection();
        return selected.begin == selected.end ? 0 : 1;
    }
    void addSelection(int begin, int end) override {
        view()->select(view()->byteInSight(begin), view()->byteInSight(end));
    }
    void removeSelection(int) override { view()->select(view()->caret(), view()->caret()); }
    void setSelection(int, int begin, int end) override { addSelection(begin, end); }
    [[nodiscard]] int cursorPosition() const override { return view()->placeInSight(view()->caret()); }
    void setCursorPosition(int place) override { addSelection(place, place); }

    [[nodiscard]] QString text(int begin, int end) const override {
        return view()->visibleText().mid(begin, end - begin);
    }
    [[nodiscard]] int characterCount() const override { return int(view()->visibleText().size()); }
    [[nodiscard]] QRect characterRect(int place) const override {
        const QRect there = view()->rectangleOf(view()->byteInSight(place));
        return {view()->viewport()->mapToGlobal(there.topLeft()), there.size()};
    }
    [[nodiscard]] int offsetAtPoint(const QPoint& point) const override {
        return view()->placeInSight(view()->byteAt(view()->viewport()->mapFromGlobal(point)));
    }
    void scrollToSubstring(int begin, int) override { setCursorPosition(begin); }
    QString attributes(int, int* begin, int* end) const override {
        *begin = 0;
        *end = characterCount();
        return {};
    }

private:
    [[nodiscard]] BodyView* view() const { return static_cast<BodyView*>(widget()); }
};

QAccessibleInterface* accessibleFor(const QString&, QObject* object) {
    auto* view = qobject_cast<BodyView*>(object);
    return view ? new BodyAccessible(view) : nullptr;
}

} // namespace

void makeBodyViewsAccessible() {
    // Qt itself does not take the same one twice.
    QAccessible::installFactory(accessibleFor);
}

} // namespace lavascope
