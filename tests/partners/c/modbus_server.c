/* A Modbus TCP server on plain sockets: what the benchmarks measure clients against.
 *
 * usage: modbus_server [port [counters]]        (port 0 or none: the system chooses; it is printed)
 *
 * One thread, epoll, one recv and one send for everything that has arrived on a connection.
 * Answers function codes 3 and 4 for every unit and refuses the others; register a holds a * 7 + 1, and with "counters" the clock's hundredths of a
 * second besides: every register changes every 10 ms, and no two alike.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER_BYTES = 7, REQUEST_BYTES = 12, FRAME_BYTES_MAX = 260, REGISTERS_MAX = 125, RECEIVE_BYTES = 16384 };
/* As many answers as requests fit into one receive; what is refused takes less. */
enum { SEND_BYTES = RECEIVE_BYTES / REQUEST_BYTES * (HEADER_BYTES + 2 + 2 * REGISTERS_MAX) };

struct connection {
    int fd;
    int received;
    uint8_t in[RECEIVE_BYTES];
};

static uint8_t out[SEND_BYTES];
static uint8_t registers[2 * (65536 + REGISTERS_MAX)];

static int counting;
static uint16_t counted; /* what all registers are ahead of their first value */

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static uint16_t hundredths(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint16_t)(t.tv_sec * 100 + t.tv_nsec / 10000000);
}

static void put(uint8_t *to, unsigned value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

/* Writes the answer to one request; returns its length. */
static int answer(const uint8_t *request, int length, uint8_t *reply)
{
    memcpy(reply, request, HEADER_BYTES + 1);
    reply[4] = 0;
    if ((request[7] != 3 && request[7] != 4) || length != REQUEST_BYTES) {
        reply[5] = 3;
        reply[7] |= 0x80;
        reply[8] = 1;
        return HEADER_BYTES + 2;
    }
    unsigned address = request[8] << 8 | request[9];
    unsigned count = request[10] << 8 | request[11];
    if (count < 1 || count > REGISTERS_MAX || address + count > 65536) {
        reply[5] = 3;
        reply[7] |= 0x80;
        reply[8] = count < 1 || count > REGISTERS_MAX ? 3 : 2;
        return HEADER_BYTES + 2;
    }
    reply[5] = (uint8_t)(3 + 2 * count);
    reply[8] = (uint8_t)(2 * count);
    if (counting)
        for (unsigned i = 0; i < count; i++)
            put(reply + 9 + 2 * i, (address + i) * 7 + 1 + counted);
    else
        memcpy(reply + 9, registers + 2 * address, 2 * count);
    return HEADER_BYTES + 2 + (int)(2 * count);
}

static int send_all(int fd, const uint8_t *bytes, int length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, (size_t)length, MSG_NOSIGNAL);
        if (sent < 0)
            return -1;
        bytes += sent;
        length -= (int)sent;
    }
    return 0;
}

/* Returns -1 when the connection is over. */
static int serve(struct connection *c)
{
    ssize_t n = recv(c->fd, c->in + c->received, sizeof c->in - (size_t)c->received, 0);
    int start = 0, length = 0;
    if (n <= 0)
        return -1;
    c->received += (int)n;
    while (c->received - start > HEADER_BYTES) {
        int frame = HEADER_BYTES - 1 + (c->in[start + 4] << 8 | c->in[start + 5]);
        if (frame <= HEADER_BYTES || frame > FRAME_BYTES_MAX)
            return -1;
        if (c->received - start < frame)
            break;
        length += answer(c->in + start, frame, out + length);
        start += frame;
    }
    memmove(c->in, c->in + start, (size_t)(c->received - start));
    c->received -= start;
    return send_all(c->fd, out, length);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), poller = epoll_create1(0);
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL }, ready[64];

    counting = argc > 2 && strcmp(argv[2], "counters") == 0;
    for (unsigned a = 0; a < 65536; a++)
        put(registers + 2 * a, a * 7 + 1);
    address.sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 0));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64))
        die("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);

    for (;;) {
        int n = epoll_wait(poller, ready, 64, -1);
        if (n < 0 && errno != EINTR)
            die("epoll_wait");
        if (counting)
            counted = hundredths();
        for (int i = 0; i < n; i++) {
            struct connection *c = ready[i].data.ptr;
            if (c) {
                if (serve(c)) {
                    close(c->fd);
                    free(c);
                }
                continue;
            }
            int fd = accept(listener, NULL, NULL);
            if (fd < 0 || !(c = calloc(1, sizeof *c)))
                continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            c->fd = fd;
            event.events = EPOLLIN;
            event.data.ptr = c;
            epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
        }
    }
}
