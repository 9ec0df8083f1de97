// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/secret.h"

#include <QToolButton>

namespace lavascope {

class KeyRing;
struct Profile;

/// Says where the secret key came from, and offers the places where it can come from: the key store of the
/// system, an environment variable, this session's memory, or one's own typing.
class KeyPicker : public QToolButton {
    Q_OBJECT

public:
    explicit KeyPicker(QWidget* parent = nullptr);

    /// Must be called before use; the ring must outlive the picker.
    void setKeyRing(KeyRing& ring);
    /// The key that stands in the field now. A key that is not the chosen one was typed.
    void setCurrentKey(const Secret& key);
    /// Keeps the current key under a name.
    void keepAs(const QString& name, const QString& note);
    /// Takes the key of that name into the field.
    void choose(const QString& name);

Q_SIGNALS:
    void keyChosen(const lavascope::Secret& key);
    void said(const QString& text); ///< what became of a wish, for the status bar

private:
    void fillMenu();
    void addProfile(const Profile& profile);
    void askAndKeep();
    void take(const Secret& key, const QString& origin, const QString& description);
    void forget(const Profile& profile);
    void showOrigin(const QString& origin, const QString& description);
    [[nodiscard]] QString placeWord(const Profile& profile) const;

    KeyRing* m_ring = nullptr;
    Secret m_current;
    Secret m_chosen; ///< what was taken from elsewhere
};

} // namespace lavascope
