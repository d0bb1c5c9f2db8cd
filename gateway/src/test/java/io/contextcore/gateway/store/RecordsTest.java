package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records: what is written reads back, older and newer ones too. */
final class RecordsTest {

    private static final CBORMapper CBOR = new CBORMapper();

    @Test
    void messagesOfEveryShapeReadBackAsTheyWere() {
        for (Message message :
                List.of(Examples.signal("full"), Examples.bareSignal("bare"), Examples.claim(), Examples.inquiry())) {
            assertEquals(message, MessageCodec.decode(MessageCodec.encode(message)));
        }
        Set<Class<?>> shapes = new HashSet<>(Set.of(Signal.class, Message.Claim.class, Message.Inquiry.class));
        for (Message message : Examples.messages()) {
            assertEquals(message, MessageCodec.decode(MessageCodec.encode(message)));
            shapes.add(message.getClass());
        }
        assertEquals(Set.of(Message.class.getPermittedSubclasses()), shapes);
    }

    @Test
    void rowsOfEveryShapeReadBackAsTheyWere() {
        Set<Class<?>> shapes = new HashSet<>();
        for (Row row : List.of(
                Examples.instance("full", Timers.none().with(Timers.Purpose.SLICE, -1)),
                Examples.shadow("bare"),
                Examples.alias("alias"),
                Examples.related("related"),
                Examples.tally("x"),
                Examples.tombstone("gone"),
                Examples.fact("3"))) {
            assertEquals(row, RowCodec.decode(RowCodec.encode(row)));
            shapes.add(row.getClass());
        }
        assertEquals(Set.of(Row.class.getPermittedSubclasses()), shapes);
    }

    @Test
    void aTombstoneOfALongKeyTakesAtMostTwoHundredBytes() {
        int bytes = RowCodec.encode(Examples.tombstone("k".repeat(100))).length;
        assertTrue(bytes <= 200, () -> bytes + " bytes");
    }

    @Test
    void aWholeRealNumberStaysAReal() {
        Message message = MessageCodec.decode(MessageCodec.encode(Examples.signal("k")));
        Signal signal = (Signal) message;
        assertEquals(
                new AttributeValue.Real(2.0), signal.attributes().get("a.real").value());
    }

    @Test
    void everyRecordBeginsWithItsVersion() {
        byte[] start = {(byte) 0xBF, 0x61, 'v', 0x01};
        for (byte[] record : List.of(
                RowCodec.encode(Examples.shadow("k")),
                MessageCodec.encode(Examples.claim()),
                Records.write(out -> {}))) {
            assertArrayEquals(start, Arrays.copyOf(record, start.length));
        }
    }

    @Test
    void noNameOfOurClassesIsInTheBytes() {
        String bytes = new String(RowCodec.encode(Examples.alias("alias")), StandardCharsets.ISO_8859_1)
                + new String(RowCodec.encode(Examples.instance("k", Timers.none())), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("io.contextcore"));
        assertFalse(bytes.contains("Instance"));
        assertFalse(bytes.contains("OPEN"));
    }

    @Test
    void membersThatAreNotKnownArePassedOver() throws IOException {
        Row row = Examples.instance("k", Timers.none());
        ObjectNode record = (ObjectNode) CBOR.readTree(RowCodec.encode(row));
        record.putObject("shares").put("x", 1);
        ((ObjectNode) record.path("phase")).put("later", true);
        assertEquals(row, RowCodec.decode(CBOR.writeValueAsBytes(record)));
    }

    @Test
    void membersThatAreMissingHaveTheirDefaults() throws IOException {
        Instance row = (Instance) RowCodec.decode(
                CBOR.writeValueAsBytes(Map.of("v", 1, "type", "instance", "key", "k", "stage", "open")));
        assertEquals("k", row.key());
        assertEquals(1, row.generation());
        assertEquals(Map.of(), row.attributes());
        assertEquals(List.of(), row.links());
        assertEquals(Timers.none(), row.timers());
        Delivery delivery = DeliveryCodec.decode(7, CBOR.writeValueAsBytes(Map.of("v", 1)), Examples::parse)
                .delivery();
        assertEquals(7, delivery.sequence());
        assertEquals("", delivery.event());
        assertTrue(delivery.body().isMissingNode());
    }

    @Test
    void aRecordOfANewerVersionIsRefused() throws IOException {
        byte[] newer = CBOR.writeValueAsBytes(Map.of("v", 2));
        StoreException refused = assertThrows(StoreException.class, () -> RowCodec.decode(newer));
        assertTrue(refused.getMessage().contains("version 2 (expected: 1 to 1)"), refused.getMessage());
    }

    @Test
    void bytesThatAreNoRecordAreRefused() {
        assertThrows(StoreException.class, () -> Records.read(new byte[] {0x61}));
        assertThrows(StoreException.class, () -> Records.read(new byte[0]));
    }

    @Test
    void halfASurrogatePairIsReplacedBeforeAnybodySeesIt() {
        assertEquals("a\uFFFDb🙂", Texts.wellFormed("a\uD83Db🙂"));
        assertEquals(Map.of("k", "\uFFFD"), Texts.wellFormed(Map.of("k", "\uDE00")));
        String plain = "plain";
        assertTrue(plain == Texts.wellFormed(plain), "and what needs no repair is not copied");
    }

    @Test
    void timersSortByTimeAlsoBefore1970() {
        byte[] early = Keys.timer(-5, Timers.Purpose.EXPIRE, "z");
        byte[] late = Keys.timer(5, Timers.Purpose.ADOPT, "a");
        assertTrue(Arrays.compareUnsigned(early, late) < 0);
        assertEquals(new Store.DueTimer(-5, Timers.Purpose.EXPIRE, "z"), Keys.timer(early));
    }
}
