// SPDX-License-Identifier: MIT
#pragma once

#include "core/token/inspect_token.h"

#include <QTableWidget>
#include <QTimer>

namespace lavascope {

/// The fields of a decoded token. Each secret is masked and can be shown for ten seconds, one at a time.
class TokenFieldTable : public QTableWidget {
    Q_OBJECT

public:
    enum Column { Name, State, Shown, Fingerprint, Reveal, ColumnCount };

    explicit TokenFieldTable(QWidget* parent = nullptr);

    void setFields(const std::vector<TokenFieldReport>& fields);
    void setRevealTime(std::chrono::milliseconds time);
    /// How long a secret that was copied from here stays on the clipboard; zero: until the program ends.
    void setClipboardTime(std::chrono::seconds time) { m_keptFor = time; }
    void hideSecret();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void secretCopied();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void addRow(int row);
    void fitColumns();
    void toggleSecret(int row);
    void showSecret(int row);

    std::vector<TokenFieldReport> m_fields;
    int m_revealed = -1; ///< row
    QTimer m_hideSoon;
    std::chrono::seconds m_keptFor{60};
};

/// `value`, `null` or `absent`.
[[nodiscard]] QString stateWord(FieldState state);

} // namespace lavascope
