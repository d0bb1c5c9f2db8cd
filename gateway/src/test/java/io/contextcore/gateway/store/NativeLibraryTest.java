package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    @TempDir
    Path temp;

    @Test
    void aFolderOfTemporaryFilesThatIsNotThereIsNamedWithWhatToDo() throws Exception {
        Path missing = temp.resolve("missing");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + missing,
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeLibraryTest.class.getName()))
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor());
        assertTrue(
                said.startsWith("the native code of the store cannot be loaded from " + missing)
                        && said.contains("-Djava.io.tmpdir=… in CONTEXTCORE_JAVA_OPTS"),
                said);
    }

    public static void main(String[] args) {
        try {
            NativeLibrary.load();
        } catch (StoreException e) {
            System.out.writeBytes(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }
}
