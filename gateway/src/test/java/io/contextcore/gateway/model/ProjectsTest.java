package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsTest {

    private static final Projects PROJECTS = Projects.of(Map.of(
            "acme/shop", "shop",
            "ACME/Till", "till",
            "acme/shop-*", "shop",
            "acme/*", "acme-*",
            "*/docs", "docs",
            "/home/*/work/*/src", "work-of-*",
            "SHOP*", "shop"));

    @ParameterizedTest
    @CsvSource({
        "acme/shop, shop",
        "acme/till, till",
        "Acme/Shop, shop",
        "acme/shop-web, shop",
        "acme/shop-, shop",
        "acme/store, acme-store",
        "Acme/Store, acme-Store",
        "acme/, acme-",
        "other/docs, docs",
        "acme/docs, docs",
        "/home/ann/work/a/b/src, work-of-ann",
        "shop, shop",
        "SHOPPING, shop"
    })
    void theRuleThatSaysMostCounts(String name, String id) {
        assertEquals(Optional.of(id), PROJECTS.idOf(name));
    }

    @ParameterizedTest
    @CsvSource({"acm", "acme", "docs", "/home/ann/work/src", "x/acme/shop", "''"})
    void whatNoRuleFitsHasNoId(String name) {
        assertEquals(Optional.empty(), PROJECTS.idOf(name));
    }

    @Test
    void aNameInItsOwnCaseGoesBeforeOneInAnother() {
        Projects projects = Projects.of(Map.of("shop", "small", "SHOP", "large", "Sh*", "any"));
        assertEquals(Optional.of("small"), projects.idOf("shop"));
        assertEquals(Optional.of("large"), projects.idOf("SHOP"));
    }

    @Test
    void aStarAloneTakesWhatNothingElseTakes() {
        Projects projects = Projects.of(Map.of("*", "all-*", "a*", "a"));
        assertEquals(Optional.of("all-b"), projects.idOf("b"));
        assertEquals(Optional.of("a"), projects.idOf("ab"));
        assertEquals(Optional.of("all-"), projects.idOf(""));
    }

    @Test
    void aNameWithAStarInItIsNoRule() {
        assertEquals(Optional.of("all"), Projects.of(Map.of("a*", "all")).idOf("a*"));
        assertEquals(Optional.empty(), Projects.of(Map.of("ab*", "all")).idOf("a*"));
    }

    @Test
    void piecesDoNotOverlap() {
        Projects projects = Projects.of(Map.of("ab*ba", "x", "a*b*b", "y"));
        assertEquals(Optional.empty(), projects.idOf("aba"));
        assertEquals(Optional.of("x"), projects.idOf("abba"));
        assertEquals(Optional.empty(), projects.idOf("ab"));
        assertEquals(Optional.of("y"), projects.idOf("abb"));
    }
}
