/* An OPC UA server on plain sockets: what the benchmarks measure our client against.
 *
 * usage: opcua_server [port [variables [interval_ms]]]      (port 0 or none: the system chooses; it is printed)
 *
 * One thread, poll, no security, anonymous users. Below Objects there is the folder ns=1;s=Counters with `variables` (1,000) variables
 * ns=1;i=1000 and on, of type Double. Each holds the number of intervals (100 ms) since the server began, so every value changes once in each
 * interval, and whoever has seen every value has seen numbers without a gap. A monitored item gets every one of them, whatever sampling or
 * publishing interval it asks for: what cannot be sent yet is sent, value by value, as soon as Publish requests come.
 *
 * The notification message of a subscription is written once; for each interval its values and instants are changed in place. So the server
 * costs little, and what is measured is the client.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 128, SUBSCRIPTIONS_MAX = 8, PUBLISH_MAX = 64, CHUNK_BYTES = 65535, CHUNK_HEAD = 24, MESSAGE_BYTES_MAX = 16 << 20,
    FIRST_VARIABLE = 1000, REFERENCES_MAX = 1000
};

/* Numbers of the binary encodings, from the published NodeIds.csv; a response's is its request's and three. */
enum {
    FIND_SERVERS = 422, GET_ENDPOINTS = 428, OPEN_CHANNEL = 446, CREATE_SESSION = 461, ACTIVATE_SESSION = 467, CLOSE_SESSION = 473, BROWSE = 527,
    BROWSE_NEXT = 533, READ = 631, CREATE_ITEMS = 751, MODIFY_ITEMS = 763, DELETE_ITEMS = 781, CREATE_SUBSCRIPTION = 787, MODIFY_SUBSCRIPTION = 793,
    SET_PUBLISHING = 799, PUBLISH = 826, DELETE_SUBSCRIPTIONS = 847, SERVICE_FAULT = 397, DATA_CHANGE = 811
};

static const uint32_t BAD_UNSUPPORTED = 0x800B0000, BAD_NODE_UNKNOWN = 0x80340000, BAD_SUBSCRIPTION_UNKNOWN = 0x80280000, BAD_ATTRIBUTE = 0x80350000,
                      BAD_POINT = 0x804A0000, BAD_NO_SUBSCRIPTION = 0x80790000;
static const char POLICY_NONE[] = "http://opcfoundation.org/UA/SecurityPolicy#None";
static const char TRANSPORT[] = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

struct buffer {
    uint8_t *bytes;
    size_t length, capacity;
};

struct reader {
    const uint8_t *bytes;
    size_t length, at;
};

struct node_id {
    unsigned space;
    uint32_t number; /* 0 for ids of other kinds */
    int is_folder;   /* ns=1;s=Counters */
};

struct subscription {
    uint32_t id, sequence, items, ids;
    int timestamps; /* 0 source, 1 server, 2 both, 3 neither */
    size_t stride;
    struct buffer handles; /* the client's numbers of the items */
    struct buffer values;  /* the items of a notification, ready to be changed in place */
    uint32_t sent;         /* the interval whose values were sent last */
    int has_sent;
};

struct connection {
    int fd;
    uint8_t in[CHUNK_BYTES + 1];
    size_t received;
    struct buffer message;
    uint32_t channel, token, sequence, lifetime_ms;
    size_t send_chunk;
    struct subscription subscriptions[SUBSCRIPTIONS_MAX];
    int subscription_count;
    struct { uint32_t request, handle, acknowledged; } publish[PUBLISH_MAX];
    int publish_first, publish_count;
};

static struct connection *connections[CONNECTIONS_MAX];
static int connection_count;
static uint32_t last_channel, last_subscription;
static uint32_t variables = 1000, interval_ms = 100;
static int port;
static struct timespec began;
static struct buffer body, out;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- writing ---- */

static uint8_t *reserve(struct buffer *b, size_t count)
{
    if (b->length + count > b->capacity) {
        b->capacity = (b->length + count) * 2;
        b->bytes = realloc(b->bytes, b->capacity);
        if (!b->bytes) {
            die("realloc");
        }
    }
    b->length += count;
    return b->bytes + b->length - count;
}

static void put(struct buffer *b, const void *bytes, size_t count) { memcpy(reserve(b, count), bytes, count); }
static void put8(struct buffer *b, uint8_t v) { put(b, &v, 1); }
static void put16(struct buffer *b, uint16_t v) { put(b, &v, 2); }
static void put32(struct buffer *b, uint32_t v) { put(b, &v, 4); }
static void put64(struct buffer *b, uint64_t v) { put(b, &v, 8); }
static void put_double(struct buffer *b, double v) { put(b, &v, 8); }

static void put_text(struct buffer *b, const char *text)
{
    if (!text) {
        put32(b, UINT32_MAX);
        return;
    }
    put32(b, (uint32_t)strlen(text));
    put(b, text, strlen(text));
}

static void put_id(struct buffer *b, unsigned space, uint32_t number)
{
    put8(b, 2);
    put16(b, (uint16_t)space);
    put32(b, number);
}

static void put_folder_id(struct buffer *b)
{
    put8(b, 3);
    put16(b, 1);
    put_text(b, "Counters");
}

static void put_localized(struct buffer *b, const char *text)
{
    put8(b, 2);
    put_text(b, text);
}

/* 100 ns since 1601. */
static uint64_t utc_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (uint64_t)t.tv_sec * 10000000 + (uint64_t)t.tv_nsec / 100 + 116444736000000000ULL;
}

static int64_t elapsed_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)(t.tv_sec - began.tv_sec) * 1000 + (t.tv_nsec - began.tv_nsec) / 1000000;
}

static uint32_t interval_now(void) { return (uint32_t)(elapsed_ms() / interval_ms); }

static void begin_response(uint32_t type, uint32_t handle, uint32_t status)
{
    body.length = 0;
    put8(&body, 1);
    put8(&body, 0);
    put16(&body, (uint16_t)type);
    put64(&body, utc_now());
    put32(&body, handle);
    put32(&body, status);
    put8(&body, 0);            /* no diagnostics */
    put32(&body, UINT32_MAX);  /* no texts */
    put8(&body, 0);            /* no additional header */
    put8(&body, 0);
    put8(&body, 0);
}

static int flush_out(struct connection *c)
{
    size_t at = 0;
    while (at < out.length) {
        ssize_t sent = send(c->fd, out.bytes + at, out.length - at, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return -1;
        }
        at += (size_t)sent;
    }
    return 0;
}

/* Sends what is in `body` in as many chunks as it takes. */
static int send_body(struct connection *c, uint32_t request)
{
    size_t most = c->send_chunk - CHUNK_HEAD;
    out.length = 0;
    for (size_t at = 0; at < body.length || at == 0;) {
        size_t part = body.length - at < most ? body.length - at : most;
        put(&out, at + part == body.length ? "MSGF" : "MSGC", 4);
        put32(&out, (uint32_t)(part + CHUNK_HEAD));
        put32(&out, c->channel);
        put32(&out, c->token);
        put32(&out, ++c->sequence);
        put32(&out, request);
        put(&out, body.bytes + at, part);
        at += part;
    }
    return flush_out(c);
}

/* ---- reading ---- */

static const uint8_t *take(struct reader *r, size_t count)
{
    static const uint8_t nothing[64];
    if (count > r->length - r->at) {
        r->at = r->length;
        return nothing;
    }
    r->at += count;
    return r->bytes + r->at - count;
}

static uint8_t get8(struct reader *r) { return *take(r, 1); }
static uint16_t get16(struct reader *r) { uint16_t v; memcpy(&v, take(r, 2), 2); return v; }
static uint32_t get32(struct reader *r) { uint32_t v; memcpy(&v, take(r, 4), 4); return v; }

static void skip_text(struct reader *r)
{
    uint32_t length = get32(r);
    if (length != UINT32_MAX) {
        take(r, length);
    }
}

static struct node_id get_id(struct reader *r)
{
    struct node_id id = {0, 0, 0};
    uint8_t kind = get8(r) & 0x3F;
    switch (kind) {
    case 0:
        id.number = get8(r);
        break;
    case 1:
        id.space = get8(r);
        id.number = get16(r);
        break;
    case 2:
        id.space = get16(r);
        id.number = get32(r);
        break;
    case 4:
        id.space = get16(r);
        take(r, 16);
        break;
    default: {
        id.space = get16(r);
        uint32_t length = get32(r);
        const uint8_t *text = length == UINT32_MAX ? NULL : take(r, length);
        id.is_folder = kind == 3 && id.space == 1 && length == 8 && !memcmp(text, "Counters", 8);
    }
    }
    return id;
}

static void skip_extension(struct reader *r)
{
    get_id(r);
    if (get8(r)) {
        skip_text(r);
    }
}

/* ---- services ---- */

static void put_application(struct buffer *b, const char *url)
{
    put_text(b, "urn:edgeagent:partner:load");
    put_text(b, "urn:edgeagent:partner:load");
    put_localized(b, "Load server");
    put32(b, 0);
    put_text(b, NULL);
    put_text(b, NULL);
    put32(b, 1);
    put_text(b, url);
}

static void put_endpoints(struct buffer *b)
{
    char url[64];
    snprintf(url, sizeof url, "opc.tcp://127.0.0.1:%d", port);
    put32(b, 1);
    put_text(b, url);
    put_application(b, url);
    put32(b, UINT32_MAX); /* no certificate */
    put32(b, 1);          /* mode None */
    put_text(b, POLICY_NONE);
    put32(b, 1);
    put_text(b, "anonymous");
    put32(b, 0);
    put_text(b, NULL);
    put_text(b, NULL);
    put_text(b, NULL);
    put_text(b, TRANSPORT);
    put8(b, 0);
}

static void create_session(uint32_t handle)
{
    begin_response(CREATE_SESSION + 3, handle, 0);
    put_id(&body, 1, 1);
    put_id(&body, 1, 2);
    put_double(&body, 3600000);
    put32(&body, 32); /* a nonce that nobody signs */
    memset(reserve(&body, 32), 7, 32);
    put32(&body, UINT32_MAX);
    put_endpoints(&body);
    put32(&body, UINT32_MAX);
    put_text(&body, NULL);
    put32(&body, UINT32_MAX);
    put32(&body, 0);
}

static void activate_session(uint32_t handle)
{
    begin_response(ACTIVATE_SESSION + 3, handle, 0);
    put32(&body, 32);
    memset(reserve(&body, 32), 7, 32);
    put32(&body, UINT32_MAX);
    put32(&body, UINT32_MAX);
}

static int is_variable(struct node_id id) { return id.space == 1 && id.number >= FIRST_VARIABLE && id.number < FIRST_VARIABLE + variables; }

static void put_bad(uint32_t status)
{
    put8(&body, 2);
    put32(&body, status);
}

static void read_values(struct reader *r, uint32_t handle)
{
    take(r, 8);
    uint32_t timestamps = get32(r);
    uint32_t count = get32(r);
    uint8_t mask = (uint8_t)(1 | (timestamps == 0 || timestamps == 2 ? 4 : 0) | (timestamps == 1 || timestamps == 2 ? 8 : 0));
    uint64_t now = utc_now();
    double value = interval_now();
    begin_response(READ + 3, handle, 0);
    put32(&body, count);
    for (uint32_t i = 0; i < count && r->at < r->length; i++) {
        struct node_id id = get_id(r);
        uint32_t attribute = get32(r);
        skip_text(r);
        get16(r);
        skip_text(r);
        if (is_variable(id) && attribute == 13) {
            uint8_t *to = reserve(&body, 10);
            to[0] = mask;
            to[1] = 11;
            memcpy(to + 2, &value, 8);
            if (mask & 4) {
                put64(&body, now);
            }
            if (mask & 8) {
                put64(&body, now);
            }
        } else if (id.space == 0 && id.number == 2255) { /* NamespaceArray */
            put8(&body, 1);
            put8(&body, 0x80 | 12);
            put32(&body, 2);
            put_text(&body, "http://opcfoundation.org/UA/");
            put_text(&body, "urn:edgeagent:partner:load");
        } else if (id.space == 0 && id.number == 2258) { /* CurrentTime */
            put8(&body, 1);
            put8(&body, 13);
            put64(&body, now);
        } else if (id.space == 0 && id.number == 2259) { /* State: running */
            put8(&body, 1);
            put8(&body, 6);
            put32(&body, 0);
        } else {
            put_bad(is_variable(id) ? BAD_ATTRIBUTE : BAD_NODE_UNKNOWN);
        }
    }
    put32(&body, UINT32_MAX);
}

static void put_reference(unsigned is_folder, uint32_t number)
{
    char name[32];
    put_id(&body, 0, is_folder ? 35 : 47); /* Organizes, HasComponent */
    put8(&body, 1);
    if (is_folder) {
        put_folder_id(&body);
        snprintf(name, sizeof name, "Counters");
    } else {
        put_id(&body, 1, number);
        snprintf(name, sizeof name, "Counter.%u", number - FIRST_VARIABLE);
    }
    put16(&body, 1);
    put_text(&body, name);
    put_localized(&body, name);
    put32(&body, is_folder ? 1 : 2);
    put_id(&body, 0, is_folder ? 61 : 63);
}

/* The variables from one on, and a continuation point (its number) when there are more than fit. */
static void put_variables(uint32_t from, uint32_t most)
{
    uint32_t left = FIRST_VARIABLE + variables - from;
    uint32_t count = left < most ? left : most;
    put32(&body, 0);
    if (count < left) {
        put32(&body, 8);
        put32(&body, from + count);
        put32(&body, most);
    } else {
        put32(&body, UINT32_MAX);
    }
    put32(&body, count);
    for (uint32_t i = 0; i < count; i++) {
        put_reference(0, from + i);
    }
}

static void browse(struct reader *r, uint32_t handle)
{
    get_id(r);
    take(r, 12);
    uint32_t most = get32(r);
    uint32_t count = get32(r);
    most = most == 0 || most > REFERENCES_MAX ? REFERENCES_MAX : most;
    begin_response(BROWSE + 3, handle, 0);
    put32(&body, count);
    for (uint32_t i = 0; i < count && r->at < r->length; i++) {
        struct node_id id = get_id(r);
        uint32_t direction = get32(r);
        get_id(r);
        take(r, 9);
        if (direction != 1 && id.is_folder) {
            put_variables(FIRST_VARIABLE, most);
            continue;
        }
        int is_objects = direction != 1 && id.space == 0 && id.number == 85;
        put32(&body, is_objects || is_variable(id) || id.space == 0 ? 0 : BAD_NODE_UNKNOWN);
        put32(&body, UINT32_MAX);
        put32(&body, is_objects ? 1 : 0);
        if (is_objects) {
            put_reference(1, 0);
        }
    }
    put32(&body, UINT32_MAX);
}

static void browse_next(struct reader *r, uint32_t handle)
{
    int releases = get8(r);
    uint32_t count = get32(r);
    begin_response(BROWSE_NEXT + 3, handle, 0);
    put32(&body, count);
    for (uint32_t i = 0; i < count && r->at < r->length; i++) {
        uint32_t length = get32(r);
        uint32_t from = length == 8 ? get32(r) : 0;
        uint32_t most = length == 8 ? get32(r) : 0;
        if (!releases && from >= FIRST_VARIABLE && from < FIRST_VARIABLE + variables) {
            put_variables(from, most);
        } else {
            put32(&body, releases ? 0 : BAD_POINT);
            put32(&body, UINT32_MAX);
            put32(&body, 0);
        }
    }
    put32(&body, UINT32_MAX);
}

static struct subscription *find_subscription(struct connection *c, uint32_t id)
{
    for (int i = 0; i < c->subscription_count; i++) {
        if (c->subscriptions[i].id == id) {
            return &c->subscriptions[i];
        }
    }
    return NULL;
}

static void create_subscription(struct connection *c, uint32_t handle)
{
    if (c->subscription_count == SUBSCRIPTIONS_MAX) {
        begin_response(SERVICE_FAULT, handle, 0x80770000);
        return;
    }
    struct subscription *s = &c->subscriptions[c->subscription_count++];
    memset(s, 0, sizeof *s);
    s->id = ++last_subscription;
    begin_response(CREATE_SUBSCRIPTION + 3, handle, 0);
    put32(&body, s->id);
    put_double(&body, interval_ms);
    put32(&body, 10000);
    put32(&body, 10);
}

/* Writes the items anew, after some were added. */
static void lay_out(struct subscription *s)
{
    uint8_t mask = (uint8_t)(1 | (s->timestamps == 0 || s->timestamps == 2 ? 4 : 0) | (s->timestamps == 1 || s->timestamps == 2 ? 8 : 0));
    s->values.length = 0;
    for (uint32_t i = 0; i < s->items; i++) {
        put(&s->values, s->handles.bytes + 4 * i, 4);
        put8(&s->values, mask);
        put8(&s->values, 11);
        put64(&s->values, 0);
        if (mask & 4) {
            put64(&s->values, 0);
        }
        if (mask & 8) {
            put64(&s->values, 0);
        }
    }
    s->stride = s->items ? s->values.length / s->items : 0;
}

static void create_items(struct connection *c, struct reader *r, uint32_t handle)
{
    struct subscription *s = find_subscription(c, get32(r));
    uint32_t timestamps = get32(r);
    uint32_t count = get32(r);
    if (!s) {
        begin_response(SERVICE_FAULT, handle, BAD_SUBSCRIPTION_UNKNOWN);
        return;
    }
    s->timestamps = (int)timestamps;
    begin_response(CREATE_ITEMS + 3, handle, 0);
    put32(&body, count);
    for (uint32_t i = 0; i < count && r->at < r->length; i++) {
        struct node_id id = get_id(r);
        uint32_t attribute = get32(r);
        skip_text(r);
        get16(r);
        skip_text(r);
        get32(r); /* mode */
        uint32_t client = get32(r);
        take(r, 8);
        skip_extension(r);
        uint32_t queue = get32(r);
        get8(r);
        int known = is_variable(id) && attribute == 13;
        put32(&body, known ? 0 : BAD_NODE_UNKNOWN);
        put32(&body, known ? ++s->ids : 0);
        put_double(&body, interval_ms);
        put32(&body, queue);
        put8(&body, 0);
        put8(&body, 0);
        put8(&body, 0);
        if (known) {
            put32(&s->handles, client);
            s->items++;
        }
    }
    put32(&body, UINT32_MAX);
    lay_out(s);
}

static void answer_statuses(uint32_t type, uint32_t handle, uint32_t count)
{
    begin_response(type + 3, handle, 0);
    put32(&body, count);
    memset(reserve(&body, 4 * (size_t)count), 0, 4 * (size_t)count);
    put32(&body, UINT32_MAX);
}

static void delete_subscriptions(struct connection *c, struct reader *r, uint32_t handle)
{
    uint32_t count = get32(r);
    for (uint32_t i = 0; i < count && i < SUBSCRIPTIONS_MAX; i++) {
        struct subscription *s = find_subscription(c, get32(r));
        if (s) {
            free(s->handles.bytes);
            free(s->values.bytes);
            *s = c->subscriptions[--c->subscription_count];
        }
    }
    answer_statuses(DELETE_SUBSCRIPTIONS, handle, count);
}

/* ---- publishing ---- */

/* Sends the values of one interval, by changing those of the message before. */
static int publish_interval(struct connection *c, struct subscription *s, uint32_t interval)
{
    double value = interval;
    uint64_t now = utc_now();
    int has_source = s->timestamps == 0 || s->timestamps == 2, has_server = s->timestamps == 1 || s->timestamps == 2;
    for (uint8_t *item = s->values.bytes, *end = item + s->values.length; item < end; item += s->stride) {
        memcpy(item + 6, &value, 8);
        if (has_source) {
            memcpy(item + 14, &now, 8);
        }
        if (has_server) {
            memcpy(item + (has_source ? 22 : 14), &now, 8);
        }
    }
    uint32_t request = c->publish[c->publish_first].request;
    uint32_t handle = c->publish[c->publish_first].handle, acknowledged = c->publish[c->publish_first].acknowledged;
    c->publish_first = (c->publish_first + 1) % PUBLISH_MAX;
    c->publish_count--;
    begin_response(PUBLISH + 3, handle, 0);
    put32(&body, s->id);
    put32(&body, 1); /* available: this one */
    put32(&body, ++s->sequence);
    put8(&body, 0);
    put32(&body, s->sequence);
    put64(&body, now);
    put32(&body, 1);
    put8(&body, 1);
    put8(&body, 0);
    put16(&body, DATA_CHANGE);
    put8(&body, 1);
    put32(&body, (uint32_t)(s->values.length + 8));
    put32(&body, s->items);
    put(&body, s->values.bytes, s->values.length);
    put32(&body, UINT32_MAX);
    put32(&body, acknowledged);
    memset(reserve(&body, 4 * (size_t)acknowledged), 0, 4 * (size_t)acknowledged);
    put32(&body, UINT32_MAX);
    s->sent = interval;
    s->has_sent = 1;
    return send_body(c, request);
}

/* Sends all that is due and for which there are requests. */
static int publish_due(struct connection *c)
{
    uint32_t now = interval_now();
    for (int i = 0; i < c->subscription_count; i++) {
        struct subscription *s = &c->subscriptions[i];
        while (s->items && c->publish_count > 0 && (!s->has_sent || s->sent < now)) {
            if (publish_interval(c, s, s->has_sent ? s->sent + 1 : now) < 0) {
                return -1;
            }
        }
    }
    return 0;
}

static int take_publish(struct connection *c, struct reader *r, uint32_t request, uint32_t handle)
{
    uint32_t acknowledged = get32(r);
    if (c->subscription_count == 0 || c->publish_count == PUBLISH_MAX) {
        begin_response(SERVICE_FAULT, handle, BAD_NO_SUBSCRIPTION);
        return send_body(c, request);
    }
    int at = (c->publish_first + c->publish_count++) % PUBLISH_MAX;
    c->publish[at].request = request;
    c->publish[at].handle = handle;
    c->publish[at].acknowledged = acknowledged == UINT32_MAX ? 0 : acknowledged;
    return publish_due(c);
}

/* ---- connections ---- */

static int serve(struct connection *c, uint32_t request, const uint8_t *bytes, size_t length)
{
    struct reader r = {bytes, length, 0};
    uint32_t type = get_id(&r).number;
    get_id(&r); /* the session: there is one for each connection */
    take(&r, 8);
    uint32_t handle = get32(&r);
    get32(&r);
    skip_text(&r);
    get32(&r);
    skip_extension(&r);
    switch (type) {
    case FIND_SERVERS: {
        char url[64];
        snprintf(url, sizeof url, "opc.tcp://127.0.0.1:%d", port);
        begin_response(FIND_SERVERS + 3, handle, 0);
        put32(&body, 1);
        put_application(&body, url);
        break;
    }
    case GET_ENDPOINTS:
        begin_response(GET_ENDPOINTS + 3, handle, 0);
        put_endpoints(&body);
        break;
    case CREATE_SESSION: create_session(handle); break;
    case ACTIVATE_SESSION: activate_session(handle); break;
    case CLOSE_SESSION: begin_response(CLOSE_SESSION + 3, handle, 0); break;
    case READ: read_values(&r, handle); break;
    case BROWSE: browse(&r, handle); break;
    case BROWSE_NEXT: browse_next(&r, handle); break;
    case CREATE_SUBSCRIPTION: create_subscription(c, handle); break;
    case CREATE_ITEMS: create_items(c, &r, handle); break;
    case SET_PUBLISHING:
        get8(&r);
        answer_statuses(SET_PUBLISHING, handle, get32(&r));
        break;
    case DELETE_SUBSCRIPTIONS: delete_subscriptions(c, &r, handle); break;
    case PUBLISH: return take_publish(c, &r, request, handle);
    default: begin_response(SERVICE_FAULT, handle, BAD_UNSUPPORTED); break;
    }
    return send_body(c, request);
}

static int open_channel(struct connection *c, const uint8_t *chunk, size_t length)
{
    struct reader r = {chunk, length, 12};
    skip_text(&r);
    skip_text(&r);
    skip_text(&r);
    get32(&r);
    uint32_t request = get32(&r);
    get_id(&r);
    get_id(&r);
    take(&r, 8);
    uint32_t handle = get32(&r);
    get32(&r);
    skip_text(&r);
    get32(&r);
    skip_extension(&r);
    take(&r, 12);
    skip_text(&r);
    c->lifetime_ms = get32(&r);
    if (!c->channel) {
        c->channel = ++last_channel;
    }
    c->token++;
    begin_response(OPEN_CHANNEL + 3, handle, 0);
    put32(&body, 0);
    put32(&body, c->channel);
    put32(&body, c->token);
    put64(&body, utc_now());
    put32(&body, c->lifetime_ms);
    put32(&body, UINT32_MAX);
    out.length = 0;
    put(&out, "OPNF", 4);
    put32(&out, (uint32_t)(12 + 4 + strlen(POLICY_NONE) + 8 + 8 + body.length));
    put32(&out, c->channel);
    put_text(&out, POLICY_NONE);
    put32(&out, UINT32_MAX);
    put32(&out, UINT32_MAX);
    put32(&out, ++c->sequence);
    put32(&out, request);
    put(&out, body.bytes, body.length);
    return flush_out(c);
}

static int acknowledge(struct connection *c, const uint8_t *hello)
{
    uint32_t takes;
    memcpy(&takes, hello + 12, 4);
    c->send_chunk = takes < CHUNK_BYTES ? takes : CHUNK_BYTES;
    out.length = 0;
    put(&out, "ACKF", 4);
    put32(&out, 28);
    put32(&out, 0);
    put32(&out, CHUNK_BYTES);
    put32(&out, (uint32_t)c->send_chunk);
    put32(&out, MESSAGE_BYTES_MAX);
    put32(&out, 0);
    return flush_out(c);
}

static int take_chunk(struct connection *c, const uint8_t *chunk, size_t length)
{
    if (!memcmp(chunk, "HEL", 3) && length >= 32) {
        return acknowledge(c, chunk);
    }
    if (!memcmp(chunk, "OPN", 3)) {
        return open_channel(c, chunk, length);
    }
    if (memcmp(chunk, "MSG", 3) || length < CHUNK_HEAD || c->message.length + length > MESSAGE_BYTES_MAX) {
        return -1;
    }
    uint32_t request;
    memcpy(&request, chunk + 20, 4);
    if (chunk[3] == 'F' && c->message.length == 0) {
        return serve(c, request, chunk + CHUNK_HEAD, length - CHUNK_HEAD);
    }
    put(&c->message, chunk + CHUNK_HEAD, length - CHUNK_HEAD);
    if (chunk[3] != 'F') {
        return 0;
    }
    int result = serve(c, request, c->message.bytes, c->message.length);
    c->message.length = 0;
    return result;
}

static int receive(struct connection *c)
{
    ssize_t count = recv(c->fd, c->in + c->received, sizeof c->in - c->received, 0);
    if (count <= 0) {
        return count < 0 && errno == EINTR ? 0 : -1;
    }
    c->received += (size_t)count;
    size_t at = 0;
    while (c->received - at >= 8) {
        uint32_t length;
        memcpy(&length, c->in + at + 4, 4);
        if (length < 8 || length > sizeof c->in) {
            return -1;
        }
        if (c->received - at < length) {
            break;
        }
        if (take_chunk(c, c->in + at, length) < 0) {
            return -1;
        }
        at += length;
    }
    memmove(c->in, c->in + at, c->received - at);
    c->received -= at;
    return 0;
}

static void drop(int index)
{
    struct connection *c = connections[index];
    close(c->fd);
    for (int i = 0; i < c->subscription_count; i++) {
        free(c->subscriptions[i].handles.bytes);
        free(c->subscriptions[i].values.bytes);
    }
    free(c->message.bytes);
    free(c);
    connections[index] = connections[--connection_count];
}

static int listen_on(int wanted)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)wanted), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, 64) < 0 || getsockname(fd, (struct sockaddr *)&address, &length) < 0) {
        die("listen");
    }
    port = ntohs(address.sin_port);
    return fd;
}

int main(int argc, char **argv)
{
    int listener = listen_on(argc > 1 ? atoi(argv[1]) : 0);
    variables = argc > 2 ? (uint32_t)atoi(argv[2]) : variables;
    interval_ms = argc > 3 && atoi(argv[3]) > 0 ? (uint32_t)atoi(argv[3]) : interval_ms;
    clock_gettime(CLOCK_MONOTONIC, &began);
    printf("port %d\n", port);
    fflush(stdout);
    for (;;) {
        struct pollfd polled[CONNECTIONS_MAX + 1];
        int count = connection_count;
        for (int i = 0; i < count; i++) {
            polled[i] = (struct pollfd){.fd = connections[i]->fd, .events = POLLIN};
        }
        polled[count] = (struct pollfd){.fd = connection_count < CONNECTIONS_MAX ? listener : -1, .events = POLLIN};
        int wait_ms = (int)(interval_ms - (uint32_t)(elapsed_ms() % interval_ms));
        if (poll(polled, (nfds_t)count + 1, wait_ms) < 0 && errno != EINTR) {
            die("poll");
        }
        if (polled[count].revents) {
            struct connection *c = calloc(1, sizeof *c);
            c->fd = accept(listener, NULL, NULL);
            int one = 1;
            setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            if (c->fd < 0) {
                free(c);
            } else {
                connections[connection_count++] = c;
            }
        }
        for (int i = count - 1; i >= 0; i--) {
            if ((polled[i].revents && receive(connections[i]) < 0) || publish_due(connections[i]) < 0) {
                drop(i);
            }
        }
    }
}
