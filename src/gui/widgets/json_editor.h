// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"
#include "gui/widgets/text_search.h"

#include <QByteArray>
#include <QWidget>

#include <optional>

class QPlainTextEdit;

namespace lavascope {

class FindBar;

/// An editor for a request body: line numbers, colours for JSON, and a mark where the text stops being JSON.
/// Bodies that no text widget can lay out (very large, or with endless lines) are kept whole and shown by
/// their beginning.
class JsonEditor : public QWidget {
    Q_OBJECT

public:
    explicit JsonEditor(QWidget* parent = nullptr);

    /// The body, byte for byte as it was set or typed.
    [[nodiscard]] QByteArray bytes() const;
    void setBytes(const QByteArray& bytes);
    /// Changes the text in one undoable step and leaves the cursor where it is as far as it can.
    void replaceBytes(const QByteArray& bytes);

    /// Where the text stops being JSON; nothing if it is fine, empty, or too large to be edited here.
    [[nodiscard]] std::optional<json::Fault> fault() const { return m_fault; }
    [[nodiscard]] bool isPreview() const { return m_preview; }
    void goTo(qint64 byteOffset);

Q_SIGNALS:
    void changed();

private:
    class Text;
    void check();
    [[nodiscard]] int positionOfByte(qint64 offset) const;

    Text* m_text;
    TextSearch m_search;
    FindBar* m_find;
    QByteArray m_kept; ///< the body while it is only previewed
    std::optional<json::Fault> m_fault;
    bool m_preview = false;
};

} // namespace lavascope
