package io.contextcore.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHashTest {

    /** The first row is the example in the documentation of Atlassian's own library, JwtConstants.Claims.QUERY_HASH. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/path/to/service?zee_last=param&repeated=parameter+1&first=param&repeated=parameter%202"
                        + " /path/to/service&first=param&repeated=parameter%201,parameter%202&zee_last=param",
                "/ /&",
                "/?param=foo /&param=foo",
                "/user /user&",
                "/user/ /user&",
                "/user? /user&",
                "/a&b /a%26b&",
                "/x?jwt=aa.bb.cc&a=1 /x&a=1",
                "/x?b&a= /x&a=&b=",
                "/x?s=*%7e~%2B /x&s=%2A~~%2B",
                "/x?a=2&a=1&a=1 /x&a=1,1,2",
            })
    void theCanonicalRequestIsThis(String target, String canonical) {
        assertEquals("POST&" + canonical, RequestHash.canonical("POST", target));
    }

    @Test
    void theHashIsHex() {
        // printf 'GET&/path/to/service&first=param' | sha256sum
        assertEquals(
                "e76d3592d9b4f327e34cf0717bb54cd6bff97bce92b62981b9f7d72e2793af8c",
                RequestHash.of("GET", "/path/to/service?first=param"));
    }
}
