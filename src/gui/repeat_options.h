// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QWidget>

#include <vector>

class QCheckBox;
class QSpinBox;

namespace lavascope {

struct RequestDraft;

/// What is to be done if this one request fails: how often it is tried again by itself, and whether it says
/// which call it repeats. Off for a new one.
class RepeatOptions : public QWidget {
    Q_OBJECT

public:
    explicit RepeatOptions(QWidget* parent = nullptr);

    [[nodiscard]] int retries() const; ///< 0: off
    void setMostRetries(int most);
    void startNewRequest();
    void setRetriesOff();
    /// The call with this key is done: the next one is another, though it may send the same.
    void forgetKey(const QByteArray& key);
    /// Adds the header Idempotency-Key to a POST if that was chosen and none was typed: the same as long as
    /// the request stays the same.
    void addIdempotencyKey(RequestDraft& draft);

Q_SIGNALS:
    void changed();

private:
    void buildKey();

    QSpinBox* m_retries;
    QCheckBox* m_keyed;
    struct Keyed {
        QByteArray request; ///< its fingerprint
        QByteArray key;
    };
    /// The latest is last. Several, so that a request that is changed and changed back is still the same.
    std::vector<Keyed> m_keys;
};

} // namespace lavascope
