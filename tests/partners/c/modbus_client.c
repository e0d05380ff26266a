/* A bare Modbus TCP client on plain sockets: the ceiling that the benchmarks hold our client against.
 *
 * usage: modbus_client port connections in-flight registers seconds
 *
 * Keeps so many requests on their way on each connection, checks transaction id, unit id, function code and byte count
 * of every answer, copies its registers out, and asks for as many again with one send.
 * With one connection it blocks in recv; with several it waits in epoll. Prints requests, seconds and CPU seconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_BYTES = 12, DATA_OFFSET = 9, RECEIVE_BYTES = 131072, IN_FLIGHT_MAX = 256 };

struct connection {
    int fd;
    uint16_t next_id;      /* of the next request */
    uint16_t expected_id;  /* of the next answer: this server answers in order */
    int received;
    uint8_t in[RECEIVE_BYTES];
};

static int registers;
static uint8_t data[250];

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void ask(struct connection *c, int requests)
{
    uint8_t out[IN_FLIGHT_MAX * REQUEST_BYTES], *p = out;
    for (int i = 0; i < requests; i++, p += REQUEST_BYTES) {
        uint16_t id = c->next_id++;
        uint8_t request[REQUEST_BYTES] = { (uint8_t)(id >> 8), (uint8_t)id, 0, 0, 0, 6, 1, 3, 0, 0, 0, (uint8_t)registers };
        memcpy(p, request, sizeof request);
    }
    if (send(c->fd, out, (size_t)(p - out), MSG_NOSIGNAL) != p - out)
        die("send");
}

/* Takes what has come; returns how many answers that were. */
static int take(struct connection *c)
{
    int frame = DATA_OFFSET + 2 * registers, start = 0, answers = 0;
    ssize_t n = recv(c->fd, c->in + c->received, sizeof c->in - (size_t)c->received, 0);
    if (n <= 0)
        die("recv");
    c->received += (int)n;
    for (; c->received - start >= frame; start += frame, answers++) {
        const uint8_t *f = c->in + start;
        if ((f[0] << 8 | f[1]) != c->expected_id++ || f[2] || f[3] || (f[4] << 8 | f[5]) != frame - 6 || f[6] != 1 || f[7] != 3
            || f[8] != 2 * registers) {
            fprintf(stderr, "wrong answer\n");
            exit(1);
        }
        memcpy(data, f + DATA_OFFSET, (size_t)(2 * registers));
    }
    memmove(c->in, c->in + start, (size_t)(c->received - start));
    c->received -= start;
    return answers;
}

static struct connection *open_connection(int port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct connection *c = calloc(1, sizeof *c);
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address))
        die("connect");
    return c;
}

int main(int argc, char **argv)
{
    if (argc != 6 || atoi(argv[3]) > IN_FLIGHT_MAX) {
        fprintf(stderr, "usage: modbus_client port connections in-flight registers seconds\n");
        return 2;
    }
    int port = atoi(argv[1]), connections = atoi(argv[2]), in_flight = atoi(argv[3]);
    int poller = epoll_create1(0);
    struct connection *only = NULL;
    registers = atoi(argv[4]);
    double seconds = atof(argv[5]), start = now(), elapsed;
    long requests = 0;

    for (int i = 0; i < connections; i++) {
        struct connection *c = only = open_connection(port);
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
        epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
        ask(c, in_flight);
    }
    do {
        struct epoll_event ready[64] = { { .data.ptr = only } };
        int n = connections == 1 ? 1 : epoll_wait(poller, ready, 64, -1);
        for (int i = 0; i < n; i++) {
            int answers = take(ready[i].data.ptr);
            requests += answers;
            if (answers)
                ask(ready[i].data.ptr, answers);
        }
    } while ((elapsed = now() - start) < seconds);

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("requests %ld seconds %.6f cpu %.6f\n", requests, elapsed,
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6);
    return 0;
}
