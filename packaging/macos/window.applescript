-- SPDX-License-Identifier: MIT
-- Run by cpack with the name of the mounted volume: lays out the window that opens with the disk image. Finder writes
-- what it is told into .DS_Store, which the image keeps.
on run arguments
	set volumeName to item 1 of arguments
	tell application "Finder"
		tell disk volumeName
			open
			tell container window
				set current view to icon view
				set toolbar visible to false
				set statusbar visible to false
				set the bounds to {200, 120, 860, 548}
			end tell
			set viewOptions to the icon view options of container window
			tell viewOptions
				set arrangement to not arranged
				set icon size to 128
				set text size to 13
				set background picture to file ".background:background.png"
			end tell
			set position of item "Lavascope.app" to {180, 190}
			set position of item "Applications" to {480, 190}
			close
			open
			update without registering applications
			delay 2
			close
		end tell
	end tell
end run
