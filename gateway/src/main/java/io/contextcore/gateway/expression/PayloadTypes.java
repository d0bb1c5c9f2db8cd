package io.contextcore.gateway.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.AnyOf;
import io.contextcore.gateway.model.Schema.ListOf;
import io.contextcore.gateway.model.Schema.Member;
import io.contextcore.gateway.model.Schema.Named;
import io.contextcore.gateway.model.Schema.Simple;
import io.contextcore.gateway.model.Schema.Structure;
import io.contextcore.gateway.model.Schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types of a schema, as the checker has them. They say nothing of how a payload is read. */
final class PayloadTypes {

    private static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

    private final Schema schema;
    private final Map<String, Structure> structures;
    private final CelTypeProvider strict;
    private final List<CelFunctionDecl> operators;

    PayloadTypes(Schema schema) {
        this.schema = schema;
        this.structures = new LinkedHashMap<>();
        schema.structures().stream()
                .filter(structure -> !structure.isMap())
                .forEach(structure -> structures.put(celName(structure), structure));
        this.strict = tolerant(Set.of());
        this.operators = declared(structures.keySet());
    }

    CelType payload() {
        return cel(schema.payload());
    }

    Schema schema() {
        return schema;
    }

    /** The object that a type stands for, if it is one with known members. */
    Optional<Structure> structure(CelType type) {
        return Optional.ofNullable(structures.get(type.name()));
    }

    /** @param tolerated members that every object shall seem to have, so that a wrong one does not end the check */
    CelTypeProvider provider(Set<String> tolerated) {
        return tolerated.isEmpty() ? strict : tolerant(tolerated);
    }

    private CelTypeProvider tolerant(Set<String> tolerated) {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        structures.forEach((name, structure) -> types.put(name, struct(name, structure, tolerated)));
        ImmutableMap<String, CelType> byName = types.build();
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return byName.values();
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(byName.get(name));
            }
        };
    }

    /** What may be done with an object beside {@code x.member}: {@code x['member']} and {@code 'member' in x}. */
    List<CelFunctionDecl> operators() {
        return operators;
    }

    private static List<CelFunctionDecl> declared(Set<String> structures) {
        List<CelOverloadDecl> index = new ArrayList<>();
        List<CelOverloadDecl> in = new ArrayList<>();
        for (String name : structures) {
            CelType type = StructTypeReference.create(name);
            index.add(CelOverloadDecl.newGlobalOverload("member of " + name, SimpleType.DYN, type, SimpleType.STRING));
            in.add(CelOverloadDecl.newGlobalOverload("in " + name, SimpleType.BOOL, SimpleType.STRING, type));
        }
        return List.of(
                CelFunctionDecl.newFunctionDeclaration("_[_]", index),
                CelFunctionDecl.newFunctionDeclaration("@in", in));
    }

    /** A schema never changes, though its types are not annotated so. */
    @SuppressWarnings("Immutable")
    private StructType struct(String name, Structure structure, Set<String> tolerated) {
        Set<String> declared = new LinkedHashSet<>();
        structure.members().stream().map(Member::name).forEach(declared::add);
        return StructType.create(
                name,
                ImmutableSet.copyOf(Sets.union(declared, tolerated)),
                field -> Optional.of(structure
                        .member(field)
                        .map(member -> cel(member.type()))
                        .orElse(SimpleType.DYN)));
    }

    private CelType cel(Type type) {
        if (type instanceof Simple simple) {
            return simple(simple);
        }
        if (type instanceof ListOf list) {
            return ListType.create(cel(list.item()));
        }
        if (type instanceof AnyOf || type instanceof Named) {
            return choice(schema.choices(type));
        }
        Structure structure = (Structure) type;
        return structure.isMap()
                ? MapType.create(
                        SimpleType.STRING, cel(structure.members().get(0).type()))
                : StructTypeReference.create(celName(structure));
    }

    /** JSON does not tell `1` from `1.0`, nor a time from a text: such values are of a type that is known when they are there. */
    private static CelType simple(Simple type) {
        return switch (type) {
            case STRING -> SimpleType.STRING;
            case INT -> SimpleType.INT;
            case BOOLEAN -> SimpleType.BOOL;
            case LIST -> ListType.create(SimpleType.DYN);
            case OBJECT -> OBJECT;
            case NUMBER, TIME, ANY, NULL -> SimpleType.DYN;
        };
    }

    /** Null goes with every type. Of an object or something else, the members are known. */
    private CelType choice(List<Type> choices) {
        List<Type> others =
                choices.stream().filter(choice -> choice != Simple.NULL).toList();
        if (others.size() == 1) {
            return cel(others.get(0));
        }
        List<Type> objects = others.stream().filter(Structure.class::isInstance).toList();
        return objects.size() == 1 ? cel(objects.get(0)) : SimpleType.DYN;
    }

    private String celName(Structure structure) {
        return schema.name() + ":" + structure.name();
    }
}
