package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevFolderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void ownersAreKnown() throws IOException {
        assumeTrue(
                Files.getFileStore(folder).supportsFileAttributeView("posix"),
                "a file system without POSIX permissions (Windows) has none to tighten");
    }

    @Test
    void aNewFolderIsForItsOwnerOnly() throws IOException {
        assertEquals("rwx------", permissions(DevFolder.open(folder.resolve("a/b"), false)));
    }

    @Test
    void aTemporaryFolderIsForItsOwnerOnlyAndGoes() throws IOException {
        DevFolder temporary = DevFolder.open(folder, true);
        try (temporary) {
            assertEquals("rwx------", permissions(temporary));
        }
        assertTrue(Files.notExists(temporary.path()));
    }

    @Test
    void aFolderThatOthersMayReadIsTightened() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals("rwx------", permissions(DevFolder.open(folder, false)));
    }

    @Test
    void aFolderThatEverybodyMayWriteToIsRefusedAndLeftAsItIs() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        UserError error = assertThrows(UserError.class, () -> DevFolder.open(folder, false));
        assertTrue(error.getMessage().startsWith("everybody may write to the folder " + folder), error.getMessage());
        assertEquals("rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    private static String permissions(DevFolder opened) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(opened.path()));
    }
}
