import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what a JDK says of its charsets: « name TAB a name TAB charset TAB how » for each name that
 * an XML declaration may have; if there is an argument, « bytes TAB charset TAB bytes TAB characters »
 * for each charset that has tables. How: xml, the names of the XML reader's own table; java, those of charsets and their
 * aliases. Characters: their hexadecimal units; a sign and a number where there are none.
 */
public class Charsets {
    private static final int THIRD_BYTE_FOLLOWS = 0x8f;

    private static String outcome(CharsetDecoder decoder, byte[] bytes) {
        decoder.reset();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(16);
        CoderResult result = decoder.decode(in, out, false);
        if (!result.isError() && !in.hasRemaining()) {
            decoder.decode(in, out, true);
            decoder.flush(out);
        }
        out.flip();
        StringBuilder units = new StringBuilder();
        for (char unit : out.toString().toCharArray()) {
            units.append(String.format("%04x", (int) unit));
        }
        if (result.isError()) {
            return units + (result.isMalformed() ? "!" : "?") + result.length();
        }
        return in.hasRemaining() ? units + "+" + in.remaining() : units.toString();
    }

    private static void print(PrintStream out, String name, CharsetDecoder decoder, byte[] before) {
        byte[] bytes = Arrays.copyOf(before, before.length + 1);
        for (int last = 0; last < 256; last++) {
            bytes[before.length] = (byte) last;
            String outcome = outcome(decoder, bytes);
            StringBuilder digits = new StringBuilder();
            for (byte each : bytes) {
                digits.append(String.format("%02x", each));
            }
            out.println("bytes\t" + name + "\t" + digits + "\t" + outcome);
            boolean more = outcome.equals("+" + bytes.length);
            if (more && (bytes.length == 1 || (bytes[0] & 0xff) == THIRD_BYTE_FOLLOWS)) {
                print(out, name, decoder, bytes.clone());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> namesOfXml() throws Exception {
        Field map = Class.forName("com.sun.org.apache.xerces.internal.util.EncodingMap")
                .getDeclaredField("fIANA2JavaMap");
        map.setAccessible(true);
        return (Map<String, String>) map.get(null);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> names = new TreeMap<>();
        for (Charset charset : Charset.availableCharsets().values()) {
            names.put(charset.name().toLowerCase(Locale.ROOT), charset.name() + "\tjava");
            for (String alias : charset.aliases()) {
                names.put(alias.toLowerCase(Locale.ROOT), charset.name() + "\tjava");
            }
        }
        for (Map.Entry<String, String> name : namesOfXml().entrySet()) {
            if (!name.getKey().equals(name.getKey().toUpperCase(Locale.ROOT))) {
                continue; // The reader looks for names in upper case.
            }
            String charset = name.getValue();
            if (Charset.isSupported(charset)) {
                charset = Charset.forName(charset).name();
            }
            names.put(name.getKey().toLowerCase(Locale.ROOT), charset + "\txml");
        }
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, "UTF-8");
        names.forEach((name, charset) -> out.println("name\t" + name + "\t" + charset));
        boolean tables = arguments.length > 0;
        for (Charset charset : Charset.availableCharsets().values()) {
            if (tables && !charset.name().matches("(?i)(x-)?utf-.*|cesu-8|x-jisauto.*|.*2022.*|x-windows-502.*")) {
                print(out, charset.name(), charset.newDecoder(), new byte[0]);
            }
        }
        out.flush();
    }
}
