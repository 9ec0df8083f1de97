// SPDX-License-Identifier: MIT
#include "store/preferences.h"

#include <QFile>
#include <QSettings>

namespace lavascope {

namespace {

// QSettings creates its file readable by everyone; making it first, for us alone, decides the mode it keeps.
void makePrivate(const QString& path) {
    QFile file(path);
    if (!file.exists() && !file.open(QIODevice::NewOnly | QIODevice::WriteOnly,
                                     QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void setAsideIfUnreadable(const QString& path) {
    const QSettings probe(path, QSettings::IniFormat);
    if (probe.status() == QSettings::NoError)
        return;
    const QString aside = path + QStringLiteral(".unreadable");
    QFile::remove(aside);
    QFile::rename(path, aside);
}

} // namespace

Preferences::Preferences(const QString& folder) {
    if (folder.isEmpty())
        return;
    const QString path = folder + QStringLiteral("/preferences.ini");
    setAsideIfUnreadable(path);
    makePrivate(path);
    m_settings = std::make_unique<QSettings>(path, QSettings::IniFormat);
}

Preferences::~Preferences() = default;

QVariant Preferences::value(const QString& key, const QVariant& fallback) const {
    return m_settings ? m_settings->value(key, fallback) : m_unsaved.value(key, fallback);
}

void Preferences::setValue(const QString& key, const QVariant& value) {
    if (m_settings)
        m_settings->setValue(key, value);
    else
        m_unsaved.insert(key, value);
}

} // namespace lavascope
