/* A Modbus device by libmodbus, for interoperability tests.
 *
 * usage: libmodbus_server tcp PORT | libmodbus_server rtu TTY UNIT
 *
 * Holds, at zero-based address a below 2000:
 *   holding register  (a * 7 + 1) mod 65536        input register  (-(a + 1) * 3) mod 65536
 *   coil              a mod 3 = 0 or a mod 7 = 2    discrete input  the opposite of the coil
 * Prints "listening" when it accepts requests.
 */
#include <errno.h>
#include <modbus/modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

enum { SIZE = 2000 };

static modbus_mapping_t *new_mapping(void)
{
    modbus_mapping_t *m = modbus_mapping_new(SIZE, SIZE, SIZE, SIZE);
    for (int a = 0; m && a < SIZE; a++) {
        m->tab_registers[a] = (uint16_t)(a * 7 + 1);
        m->tab_input_registers[a] = (uint16_t)(-(a + 1) * 3);
        m->tab_bits[a] = a % 3 == 0 || a % 7 == 2;
        m->tab_input_bits[a] = !m->tab_bits[a];
    }
    return m;
}

static int fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, modbus_strerror(errno));
    return 1;
}

/* Answers one request; 0 when the connection is over. */
static int serve(modbus_t *ctx, modbus_mapping_t *mapping)
{
    uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
    int length = modbus_receive(ctx, request);
    if (length > 0)
        modbus_reply(ctx, request, length, mapping);
    return length >= 0;
}

static int serve_tcp(int port, modbus_mapping_t *mapping)
{
    modbus_t *ctx = modbus_new_tcp("127.0.0.1", port);
    int listener = ctx ? modbus_tcp_listen(ctx, 8) : -1, most = listener;
    fd_set open, ready;

    if (listener < 0)
        return fail("listen");
    FD_ZERO(&open);
    FD_SET(listener, &open);
    puts("listening");
    fflush(stdout);
    for (;;) {
        ready = open;
        if (select(most + 1, &ready, NULL, NULL, NULL) < 0)
            return fail("select");
        for (int fd = 0; fd <= most; fd++) {
            if (!FD_ISSET(fd, &ready))
                continue;
            if (fd == listener) {
                int client = modbus_tcp_accept(ctx, &listener);
                if (client >= 0) {
                    FD_SET(client, &open);
                    most = client > most ? client : most;
                }
                continue;
            }
            modbus_set_socket(ctx, fd);
            if (!serve(ctx, mapping)) {
                FD_CLR(fd, &open);
                close(fd);
            }
        }
    }
}

static int serve_rtu(const char *tty, int unit, modbus_mapping_t *mapping)
{
    modbus_t *ctx = modbus_new_rtu(tty, 115200, 'N', 8, 1);
    if (!ctx || modbus_set_slave(ctx, unit) || modbus_connect(ctx))
        return fail(tty);
    puts("listening");
    fflush(stdout);
    for (;;)
        serve(ctx, mapping);
}

int main(int argc, char **argv)
{
    modbus_mapping_t *mapping = new_mapping();
    if (mapping && argc == 3 && !strcmp(argv[1], "tcp"))
        return serve_tcp(atoi(argv[2]), mapping);
    if (mapping && argc == 4 && !strcmp(argv[1], "rtu"))
        return serve_rtu(argv[2], atoi(argv[3]), mapping);
    fprintf(stderr, "usage: libmodbus_server tcp PORT | libmodbus_server rtu TTY UNIT\n");
    return 2;
}
