// SPDX-License-Identifier: MIT
#include "gui/key_picker.h"

#include "core/token/credential.h"
#include "gui/appearance.h"
#include "session/key_ring.h"
#include "ui_keep_key_dialog.h"

#include <QMenu>
#include <QPointer>
#include <QPushButton>

namespace lavascope {

namespace {

// By a sign and a word, not by colour alone.
QString environmentMark(const QString& environment) {
    if (environment == QStringLiteral("live"))
        return KeyPicker::tr("● LIVE");
    return environment == QStringLiteral("test") ? KeyPicker::tr("○ test") : KeyPicker::tr("? unknown");
}

// Menus take `&` for the sign of a mnemonic.
QString menuText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

KeyPicker::KeyPicker(QWidget* parent)
    : QToolButton(parent) {
    auto* menu = new QMenu(this);
    setMenu(menu);
    setPopupMode(QToolButton::InstantPopup);
    setTextRole(this, TextRole::Quiet);
    connect(menu, &QMenu::aboutToShow, this, &KeyPicker::fillMenu);
    showOrigin(tr("typed"), tr("The key was typed or pasted here; it is kept nowhere."));
}

void KeyPicker::setKeyRing(KeyRing& ring) {
    m_ring = &ring;
}

void KeyPicker::setCurrentKey(const Secret& key) {
    m_current = key;
    if (!(key == m_chosen))
        showOrigin(tr("typed"), tr("The key was typed or pasted here; it is kept nowhere."));
}

void KeyPicker::showOrigin(const QString& origin, const QString& description) {
    constexpr qsizetype longest = 14;
    setText(tr("%1 ▾").arg(origin.size() > longest ? origin.left(longest) + QChar(0x2026) : origin));
    setToolTip(plainToolTip(description));
    setAccessibleDescription(description);
}

QString KeyPicker::placeWord(const Profile& profile) const {
    return m_ring->placeOf(profile.id) == KeyRing::Place::KeyStore ? tr("key store")
                                                                   : tr("memory, this session only");
}

void KeyPicker::fillMenu() {
    menu()->clear();
    m_ring->readNames();
    if (const Secret key = KeyRing::environmentKey(); !key.isEmpty())
        menu()->addAction(tr("%1  from LAVA_SECRET_KEY (environment)")
                              .arg(environmentMark(QString::fromLatin1(modeName(modeOf(key))))),
                          this, [this, key] {
                              take(key, tr("environment"),
                                   tr("The key came from the environment variable LAVA_SECRET_KEY."));
                          });
    for (const Profile& profile : m_ring->profiles())
        addProfile(profile);
    if (!menu()->isEmpty())
        menu()->addSeparator();
    menu()->addAction(tr("Keep this key…"), this, &KeyPicker::askAndKeep)->setEnabled(!m_current.isEmpty());
    if (m_ring->profiles().isEmpty())
        return;
    QMenu* forgetting = menu()->addMenu(tr("Forget a key"));
    for (const Profile& profile : m_ring->profiles())
        forgetting->addAction(menuText(profile.name), this, [this, profile] { forget(profile); });
}

void KeyPicker::addProfile(const Profile& profile) {
    QString text =
        tr("%1  %2  (%3)").arg(environmentMark(profile.environment), profile.name, placeWord(profile));
    if (!profile.note.isEmpty())
        text += QStringLiteral("  – ") + profile.note;
    menu()->addAction(menuText(text), this, [this, name = profile.name] { choose(name); });
}

void KeyPicker::choose(const QString& name) {
    const Profile* found = m_ring->profileNamed(name);
    if (!found)
        return;
    const QPointer<KeyPicker> self(this);
    m_ring->secretOf(found->id, [self, profile = *found](const Result<Secret>& key) {
        if (!self)
            return;
        if (!key)
            Q_EMIT self->said(key.error().message + QLatin1Char(' ') + key.error().fix);
        else
            self->take(*key, profile.name,
                       tr("The key is \"%1\", from %2.").arg(profile.name, self->placeWord(profile)));
    });
}

void KeyPicker::take(const Secret& key, const QString& origin, const QString& description) {
    m_chosen = key;
    Q_EMIT keyChosen(key);
    showOrigin(origin, description);
}

void KeyPicker::askAndKeep() {
    QDialog dialog(window());
    Ui::KeepKeyDialog ui;
    ui.setupUi(&dialog);
    const Mode mode = modeOf(m_current);
    ui.which->setText(
        tr("%1 key %2").arg(environmentMark(QString::fromLatin1(modeName(mode))), m_current.fingerprint()));
    setTextRole(ui.about, TextRole::Quiet);
    QPushButton* save = ui.buttons->button(QDialogButtonBox::Save);
    save->setEnabled(false);
    connect(ui.name, &QLineEdit::textChanged, &dialog, [this, save, &ui] {
        const Result<void> checked = m_ring->checkName(ui.name->text());
        save->setEnabled(checked.has_value());
        save->setToolTip(checked ? QString() : plainToolTip(checked.error().message));
    });
    if (dialog.exec() == QDialog::Accepted)
        keepAs(ui.name->text(), ui.note->text());
}

void KeyPicker::keepAs(const QString& name, const QString& note) {
    const QPointer<KeyPicker> self(this);
    m_ring->remember(name, note, m_current, [self, name, key = m_current](const Result<KeyRing::Kept>& kept) {
        if (!self)
            return;
        if (!kept) {
            Q_EMIT self->said(kept.error().message);
            return;
        }
        const bool stored = kept->place == KeyRing::Place::KeyStore;
        Q_EMIT self->said(stored ? tr("Kept in the key store of this system: %1").arg(name)
                                 : tr("%1 \"%2\" stays in memory until Lavascope ends; nothing was written.")
                                       .arg(kept->reason, name));
        if (!(self->m_current == key))
            return;
        self->m_chosen = key;
        if (const Profile* profile = self->m_ring->profileNamed(name))
            self->showOrigin(name, tr("The key is \"%1\", from %2.").arg(name, self->placeWord(*profile)));
    });
}

void KeyPicker::forget(const Profile& profile) {
    const QPointer<KeyPicker> self(this);
    m_ring->forget(profile.id, [self, name = profile.name](const Result<void>& gone) {
        if (self)
            Q_EMIT self->said(gone ? tr("Forgotten: %1").arg(name)
                                   : gone.error().message + QLatin1Char(' ') + gone.error().fix);
    });
}

} // namespace lavascope
