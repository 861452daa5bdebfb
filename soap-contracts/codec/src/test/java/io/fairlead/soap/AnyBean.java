package io.fairlead.soap;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Objects of the contract with anything in their fields, whichever those are: what the contract gains is in the tests
 * from then on.
 */
final class AnyBean {
    private static final long YEAR_ONE = -62_135_596_800L;
    private static final long YEAR_10000 = 253_402_300_800L;
    private static final int[] NANOS = {0, 0, 250_000_000, 250_500_000, 1_000, 1, 999_999_999};

    private final Random random;
    private final double absent;
    private final String[] texts;

    /** @param absent how probable it is that a field stays empty, from 0 to 1; a list has 0 to 3 elements then, else 1 or 2 */
    AnyBean(Random random, double absent, String... texts) {
        this.random = random;
        this.absent = absent;
        this.texts = texts;
    }

    <T> T of(Class<T> type) {
        try {
            T bean = type.getDeclaredConstructor().newInstance();
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType().isPrimitive() || random.nextDouble() >= absent) {
                    field.set(bean, value(field.getGenericType()));
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list) {
            int size = absent > 0 ? random.nextInt(4) : 1 + random.nextInt(2);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add(value(list.getActualTypeArguments()[0]));
            }
            return values;
        }
        Class<?> known = (Class<?>) type;
        if (known.isEnum()) {
            return known.getEnumConstants()[random.nextInt(known.getEnumConstants().length)];
        }
        return switch (known.getSimpleName()) {
            case "String" -> texts[random.nextInt(texts.length)];
            case "Boolean" -> random.nextBoolean();
            case "int" -> random.nextInt(56);
            case "long", "Long" -> random.nextLong() >>> random.nextInt(5, 64);
            case "Double" -> number();
            case "Instant" ->
                Instant.ofEpochSecond(random.nextLong(YEAR_ONE, YEAR_10000), NANOS[random.nextInt(NANOS.length)]);
            case "byte[]" -> bytes();
            default -> of(known);
        };
    }

    private double number() {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(-1000, 1000) / 8.0;
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
            default -> random.nextInt();
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return bytes;
    }
}
