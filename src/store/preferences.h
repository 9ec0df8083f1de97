// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVariant>

#include <memory>

class QSettings;

namespace lavascope {

/// How the user likes the window: sizes, appearance, limits. An INI file in the data folder, readable by its
/// owner only; a file that cannot be read counts as empty and is kept beside the new one. Nothing secret
/// belongs here.
class Preferences {
public:
    /// `folder` empty: nothing is kept beyond this run.
    explicit Preferences(const QString& folder);
    ~Preferences();

    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const;
    void setValue(const QString& key, const QVariant& value);

private:
    std::unique_ptr<QSettings> m_settings;
    QVariantMap m_unsaved;
};

} // namespace lavascope
