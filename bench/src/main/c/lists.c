/*
 * The baseline "lists-c": interruptions in linked lists under spin locks, with an allocation for each, behind one mutex that orders
 * all injections. It is the usual design of such an engine, in C, so that nobody has to believe that the same in Java stands for it.
 *
 * It does the work that the other engines of the harness do: it asks the gates in PSW and CR0, stores into a lowcore (big-endian),
 * loads the new PSW, and counts. Each list is bounded; a full one is an answer.
 *
 * The harness starts it with the load as name=value arguments, and asks for rounds on standard input:
 *
 *     ready                                             it says when it is set up
 *     run NANOS                                         asks for a round
 *     round injected=N delivered=N full=N sent=N arrived=N elapsed=NANOS cpu=NANOS times=N T T T ...
 *                                                       answers it; sent and arrived are the sums of the 64-bit parameters
 *     error SENTENCE                                    or this, and it ends
 *
 * Its end of input is its end.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CACHE_LINE 128
#define MAX_THREADS 1024
#define MAX_PATTERN 8192
#define PATIENCE_NANOS 10000000000LL

/* Of the lowcore. */
#define EXTERNAL_PARAMETER 0x80
#define EXTERNAL_CPU_ADDRESS 0x84
#define EXTERNAL_CODE 0x86
#define RESTART_OLD_PSW 0x120
#define EXTERNAL_OLD_PSW 0x130
#define RESTART_NEW_PSW 0x1a0
#define EXTERNAL_NEW_PSW 0x1b0
#define EXTERNAL_PARAMETER_64 0x11b8
#define LOWCORE_LENGTH 0x2000

#define PSW_EXTERNAL 0x0100000000000000ULL
#define PSW_MASK (PSW_EXTERNAL | 0x0000000180000000ULL)
#define HANDLER 0x20000ULL
#define GATE_EMERGENCY 0x4000ULL
#define GATE_SERVICE 0x200ULL
#define VIRTIO_CPU_ADDRESS 0x0d00

enum signal { EMERGENCY, RESTART, SERVICE, VIRTIO };

struct irq {
    struct irq *next, *previous;
    enum signal signal;
    uint64_t gate;
    uint32_t parameter;
    uint64_t parameter64;
};

/* A lock for whose holder one spins; after a while the core is left to the holder, who may need it. */
struct spin_lock {
    atomic_int held;
};

static inline void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void spin_lock(struct spin_lock *lock) {
    int looks = 0;
    while (atomic_load_explicit(&lock->held, memory_order_relaxed)
           || atomic_exchange_explicit(&lock->held, 1, memory_order_acquire)) {
        if (++looks % 1000 == 0) {
            sched_yield();
        } else {
            relax();
        }
    }
}

static void spin_unlock(struct spin_lock *lock) {
    atomic_store_explicit(&lock->held, 0, memory_order_release);
}

struct list {
    _Alignas(CACHE_LINE) struct spin_lock lock;
    struct irq *first, *last; /* guarded by the lock */
    atomic_int size;          /* changed under the lock; a hint without it */
    int capacity;
};

struct vcpu {
    struct list local;
    _Alignas(CACHE_LINE) atomic_int attention;
    atomic_int kicked;
    _Alignas(CACHE_LINE) atomic_int waiting; /* RUNNING, SPINNING, PARKED */
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    _Alignas(CACHE_LINE) uint8_t *lowcore;
    uint64_t psw_mask, psw_address, cr0;
    uint64_t delivered[4];
    uint64_t arrived; /* sum of 64-bit parameters */
    _Atomic uint64_t answered;
    int64_t *times;
    size_t time_count, time_room;
    int64_t cpu;
};

enum { RUNNING, SPINNING, PARKED };

struct injector {
    _Alignas(CACHE_LINE) int number;
    uint64_t accepted[4], full, sent;
    int64_t last_intended, ended, cpu;
    atomic_bool is_ended;
};

/* The load. */
static int vcpu_count = 1, injector_count = 1, backlog, floating_capacity = 4096, local_capacity = 4096, is_pinned, is_timed;
static bool waits;
static long spins = -1, yields; /* spins -1: without end */
static double rate;
static bool is_poisson;
static uint64_t seed = 1;
static char pattern[MAX_PATTERN] = "v";
static int pattern_length;
static char kind[16] = "throughput";

static struct vcpu *vcpus;
static struct injector *injectors;
static struct list floating;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER; /* puts all injections into one order */
static _Atomic uint64_t idle[MAX_THREADS / 64];
static atomic_uint rotation;
static atomic_bool injecting, over, begun;
static atomic_int ready;
static int64_t start, end;

static int64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("error ");
    vprintf(format, arguments);
    printf("\n");
    fflush(stdout);
    _exit(1);
}

/* Big-endian storage. */
static void store16(uint8_t *at, uint16_t value) {
    value = __builtin_bswap16(value);
    memcpy(at, &value, sizeof value);
}

static void store32(uint8_t *at, uint32_t value) {
    value = __builtin_bswap32(value);
    memcpy(at, &value, sizeof value);
}

static void store64(uint8_t *at, uint64_t value) {
    value = __builtin_bswap64(value);
    memcpy(at, &value, sizeof value);
}

static uint64_t load64(const uint8_t *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return __builtin_bswap64(value);
}

/* Lists. */
static bool list_offer(struct list *list, struct irq *irq) {
    spin_lock(&list->lock);
    int size = atomic_load_explicit(&list->size, memory_order_relaxed);
    bool accepted = size < list->capacity;
    if (accepted) {
        irq->next = NULL;
        irq->previous = list->last;
        *(list->last ? &list->last->next : &list->first) = irq;
        list->last = irq;
        atomic_store_explicit(&list->size, size + 1, memory_order_relaxed);
    }
    spin_unlock(&list->lock);
    return accepted;
}

static struct irq *list_find(struct list *list, uint64_t open) {
    struct irq *irq = list->first;
    while (irq && (irq->gate & ~open)) {
        irq = irq->next;
    }
    return irq;
}

static struct irq *list_take(struct list *list, uint64_t open) {
    spin_lock(&list->lock);
    struct irq *irq = list_find(list, open);
    if (irq) {
        *(irq->previous ? &irq->previous->next : &list->first) = irq->next;
        *(irq->next ? &irq->next->previous : &list->last) = irq->previous;
        atomic_fetch_sub_explicit(&list->size, 1, memory_order_relaxed);
    }
    spin_unlock(&list->lock);
    return irq;
}

static bool list_has(struct list *list, uint64_t open) {
    if (atomic_load_explicit(&list->size, memory_order_relaxed) == 0) {
        return false;
    }
    spin_lock(&list->lock);
    bool has = list_find(list, open) != NULL;
    spin_unlock(&list->lock);
    return has;
}

/* Injection. */
static bool vcpu_wake(struct vcpu *vcpu) {
    int state = SPINNING;
    if (atomic_load(&vcpu->waiting) == RUNNING) {
        return false;
    }
    if (atomic_compare_exchange_strong(&vcpu->waiting, &state, RUNNING)) {
        atomic_store(&vcpu->attention, 1);
        return true;
    }
    state = PARKED;
    if (atomic_compare_exchange_strong(&vcpu->waiting, &state, RUNNING)) {
        atomic_store(&vcpu->attention, 1);
        pthread_mutex_lock(&vcpu->mutex); /* the waiter looks under it */
        pthread_mutex_unlock(&vcpu->mutex);
        pthread_cond_signal(&vcpu->condition);
        return true;
    }
    return false;
}

static void vcpu_announce(struct vcpu *vcpu) {
    if (!vcpu_wake(vcpu) && !atomic_load_explicit(&vcpu->attention, memory_order_relaxed)) {
        atomic_store(&vcpu->attention, 1);
    }
}

static void notify_one(void) {
    for (int i = 0; i < (vcpu_count + 63) / 64; i++) {
        for (uint64_t bits = atomic_load(&idle[i]); bits; bits &= bits - 1) {
            if (vcpu_wake(&vcpus[i * 64 + __builtin_ctzll(bits)])) {
                return;
            }
        }
    }
    vcpu_announce(&vcpus[atomic_fetch_add_explicit(&rotation, 1, memory_order_relaxed) % vcpu_count]);
}

static bool inject(enum signal signal, int target, uint32_t parameter, uint64_t parameter64) {
    struct irq *irq = malloc(sizeof *irq);
    if (!irq) {
        fail("memory is exhausted");
    }
    irq->signal = signal;
    irq->gate = signal == EMERGENCY ? GATE_EMERGENCY : signal == RESTART ? 0 : GATE_SERVICE;
    irq->parameter = parameter;
    irq->parameter64 = parameter64;
    bool is_floating = signal == SERVICE || signal == VIRTIO;
    pthread_mutex_lock(&order);
    bool accepted = list_offer(is_floating ? &floating : &vcpus[target].local, irq);
    if (accepted) {
        atomic_thread_fence(memory_order_seq_cst); /* publish; fence; look who waits */
        if (is_floating) {
            notify_one();
        } else {
            vcpu_announce(&vcpus[target]);
        }
    }
    pthread_mutex_unlock(&order);
    if (!accepted) {
        free(irq);
    }
    return accepted;
}

/* Delivery. */
static uint64_t open_gates(struct vcpu *vcpu) {
    return vcpu->psw_mask & PSW_EXTERNAL ? vcpu->cr0 : 0;
}

static void record(struct vcpu *vcpu, int64_t time) {
    if (vcpu->time_count == vcpu->time_room) {
        vcpu->time_room = vcpu->time_room ? 2 * vcpu->time_room : 1 << 16;
        vcpu->times = realloc(vcpu->times, vcpu->time_room * sizeof *vcpu->times);
        if (!vcpu->times) {
            fail("memory is exhausted");
        }
    }
    vcpu->times[vcpu->time_count++] = time < 0 ? 0 : time;
}

static void swap_psw(struct vcpu *vcpu, int old, int new) {
    store64(vcpu->lowcore + old, vcpu->psw_mask);
    store64(vcpu->lowcore + old + 8, vcpu->psw_address);
    vcpu->psw_mask = load64(vcpu->lowcore + new);
    vcpu->psw_address = load64(vcpu->lowcore + new + 8);
}

static void perform(struct vcpu *vcpu, const struct irq *irq) {
    static const uint16_t codes[] = {[EMERGENCY] = 0x1201, [SERVICE] = 0x2401, [VIRTIO] = 0x2603};
    if (irq->signal == RESTART) {
        swap_psw(vcpu, RESTART_OLD_PSW, RESTART_NEW_PSW);
    } else {
        store16(vcpu->lowcore + EXTERNAL_CODE, codes[irq->signal]);
        if (irq->signal != EMERGENCY) {
            store32(vcpu->lowcore + EXTERNAL_PARAMETER, irq->parameter);
        }
        if (irq->signal == VIRTIO) {
            store16(vcpu->lowcore + EXTERNAL_CPU_ADDRESS, VIRTIO_CPU_ADDRESS);
            store64(vcpu->lowcore + EXTERNAL_PARAMETER_64, irq->parameter64);
            vcpu->arrived += irq->parameter64;
        }
        swap_psw(vcpu, EXTERNAL_OLD_PSW, EXTERNAL_NEW_PSW);
    }
    vcpu->delivered[irq->signal]++;
    if (is_timed) {
        record(vcpu, now(CLOCK_MONOTONIC) - (int64_t)irq->parameter64);
    }
}

static int deliver_from(struct vcpu *vcpu, struct list *list) {
    int count = 0;
    if (atomic_load_explicit(&list->size, memory_order_relaxed) == 0) {
        return 0;
    }
    struct irq *irq;
    while ((irq = list_take(list, open_gates(vcpu)))) {
        perform(vcpu, irq);
        free(irq);
        count++;
    }
    return count;
}

static int deliver(struct vcpu *vcpu) {
    atomic_store(&vcpu->attention, 0); /* clear; fence; look */
    return deliver_from(vcpu, &vcpu->local) + deliver_from(vcpu, &floating);
}

/* The wait. */
static bool is_takeable(struct vcpu *vcpu) {
    return list_has(&vcpu->local, open_gates(vcpu)) || list_has(&floating, open_gates(vcpu));
}

static void sleep_until_woken(struct vcpu *vcpu) {
    for (long i = 0; spins < 0 || i < spins; i++) {
        if (atomic_load_explicit(&vcpu->waiting, memory_order_acquire) != SPINNING) {
            return;
        }
        relax();
    }
    for (long i = 0; i < yields; i++) {
        sched_yield();
        if (atomic_load_explicit(&vcpu->waiting, memory_order_acquire) != SPINNING) {
            return;
        }
    }
    int state = SPINNING;
    pthread_mutex_lock(&vcpu->mutex);
    if (atomic_compare_exchange_strong(&vcpu->waiting, &state, PARKED)) {
        while (atomic_load(&vcpu->waiting) == PARKED) {
            pthread_cond_wait(&vcpu->condition, &vcpu->mutex);
        }
    }
    pthread_mutex_unlock(&vcpu->mutex);
}

static void await(struct vcpu *vcpu, int id) {
    while (!atomic_exchange(&vcpu->kicked, 0) && !is_takeable(vcpu)) {
        atomic_fetch_or(&idle[id / 64], 1ULL << id % 64);
        atomic_store(&vcpu->waiting, SPINNING); /* open; fence; look again */
        if (!atomic_load(&vcpu->kicked) && !is_takeable(vcpu)) {
            sleep_until_woken(vcpu);
        }
        atomic_store(&vcpu->waiting, RUNNING);
        atomic_fetch_and(&idle[id / 64], ~(1ULL << id % 64));
    }
}

/* Threads. */
static cpu_set_t allowed;

static void place(int worker, int workers) {
    if (!is_pinned || workers > CPU_COUNT(&allowed)) {
        return;
    }
    int seen = 0;
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (CPU_ISSET(core, &allowed) && seen++ == worker) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(core, &one);
            pthread_setaffinity_np(pthread_self(), sizeof one, &one);
        }
    }
}

static void *vcpu_main(void *argument) {
    int id = (int)(intptr_t)argument;
    struct vcpu *vcpu = &vcpus[id];
    place(id, vcpu_count + injector_count);
    int64_t before = now(CLOCK_THREAD_CPUTIME_ID);
    atomic_fetch_add(&ready, 1);
    while (!atomic_load_explicit(&over, memory_order_acquire)) {
        int count = 0;
        if (waits) {
            await(vcpu, id);
            count = deliver(vcpu);
        } else if (atomic_load_explicit(&vcpu->attention, memory_order_acquire)) {
            count = deliver(vcpu);
        } else {
            relax();
        }
        if (count) {
            uint64_t before_count = atomic_load_explicit(&vcpu->answered, memory_order_relaxed);
            atomic_store_explicit(&vcpu->answered, before_count + count, memory_order_release); /* one writer */
        }
    }
    vcpu->cpu = now(CLOCK_THREAD_CPUTIME_ID) - before;
    return NULL;
}

static enum signal signal_of(char letter) {
    switch (letter) {
    case 'e': return EMERGENCY;
    case 'r': return RESTART;
    case 's': return SERVICE;
    case 'v': return VIRTIO;
    default: fail("signal '%c' is unknown", letter); return VIRTIO;
    }
}

/* A generator of Marsaglia's kind; and a logarithm without the mathematical library. */
static double uniform(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return ((*state >> 11) + 1) * 0x1p-53;
}

static double negative_log(double x) {
    int exponent = 0;
    while (x < 0.5) {
        x *= 2;
        exponent++;
    }
    double y = (1 - x) / (1 + x), square = y * y, sum = 0, power = y;
    for (int i = 1; i < 60; i += 2) {
        sum += power / i;
        power *= square;
    }
    return 2 * sum + exponent * 0.6931471805599453;
}

static void pause_a_little(int attempt) {
    if (attempt >= 7) {
        sched_yield();
        return;
    }
    for (int i = 0; i < 1 << attempt; i++) {
        relax();
    }
}

static void await_due(int64_t due, bool is_sparing) {
    int64_t left;
    while ((left = due - now(CLOCK_MONOTONIC)) > 0) {
        if (is_sparing && left > 100000) {
            struct timespec time = {.tv_nsec = left - 100000 < 999999999 ? left - 100000 : 999999999};
            nanosleep(&time, NULL);
        } else {
            relax();
        }
    }
}

static void *injector_main(void *argument) {
    struct injector *self = argument;
    place(vcpu_count + self->number, vcpu_count + injector_count);
    int64_t before = now(CLOCK_THREAD_CPUTIME_ID);
    bool is_sparing = vcpu_count + injector_count > CPU_COUNT(&allowed);
    uint64_t random = seed * 0x9e3779b97f4a7c15ULL + self->number + 1;
    double gap = rate > 0 ? 1e9 * injector_count / rate : 0, scheduled = rate > 0 ? gap * self->number / injector_count : 0;
    int turn = 0, target = self->number % vcpu_count;
    uint64_t number = 0;
    atomic_fetch_add(&ready, 1);
    for (int attempt = 0; !atomic_load(&begun); attempt++) {
        pause_a_little(attempt);
    }
    while (true) {
        int64_t intended = (int64_t)++number;
        if (rate > 0) {
            scheduled += is_poisson ? negative_log(uniform(&random)) * gap : gap;
            intended = start + (int64_t)scheduled;
            if (intended >= end) {
                break;
            }
            await_due(intended, is_sparing);
        } else if (!atomic_load_explicit(&injecting, memory_order_relaxed)) {
            break;
        }
        enum signal signal = signal_of(pattern[turn]);
        turn = turn + 1 == pattern_length ? 0 : turn + 1;
        for (int attempt = 0; !inject(signal, target, (uint32_t)intended, (uint64_t)intended); attempt++) {
            self->full++;
            pause_a_little(attempt);
        }
        self->accepted[signal]++;
        self->sent += signal == VIRTIO ? (uint64_t)intended : 0;
        self->last_intended = intended;
        target += injector_count;
        target = target >= vcpu_count ? self->number % vcpu_count : target;
    }
    self->ended = now(CLOCK_MONOTONIC);
    self->cpu = now(CLOCK_THREAD_CPUTIME_ID) - before;
    atomic_store(&self->is_ended, true);
    return NULL;
}

/* Rounds. */
static uint64_t accepted_total(void) {
    uint64_t sum = 0;
    for (int i = 0; i < injector_count; i++) {
        for (int k = 0; k < 4; k++) {
            sum += injectors[i].accepted[k];
        }
    }
    return sum;
}

static uint64_t answered_total(void) {
    uint64_t sum = 0;
    for (int i = 0; i < vcpu_count; i++) {
        sum += atomic_load_explicit(&vcpus[i].answered, memory_order_acquire);
    }
    return sum;
}

static bool all_ended(void) {
    for (int i = 0; i < injector_count; i++) {
        if (!atomic_load(&injectors[i].is_ended)) {
            return false;
        }
    }
    return true;
}

static void await_all_arrived(uint64_t answered_before) {
    uint64_t last = 0;
    int64_t change = now(CLOCK_MONOTONIC);
    while (!all_ended() || answered_total() - answered_before < accepted_total()) {
        uint64_t answered = answered_total();
        if (answered != last) {
            last = answered;
            change = now(CLOCK_MONOTONIC);
        } else if (now(CLOCK_MONOTONIC) - change > PATIENCE_NANOS) {
            fail("counts do not agree: nothing arrived for ten seconds");
        }
        usleep(20);
    }
}

static uint64_t delivered_total(uint64_t *arrived) {
    uint64_t sum = 0;
    for (int i = 0; i < vcpu_count; i++) {
        *arrived += vcpus[i].arrived;
        for (int k = 0; k < 4; k++) {
            sum += vcpus[i].delivered[k];
        }
    }
    return sum;
}

static void start_thread(pthread_t *thread, void *(*body)(void *), void *argument) {
    if (pthread_create(thread, NULL, body, argument)) {
        fail("a thread cannot be started");
    }
}

static void round_of_threads(int64_t nanos) {
    static pthread_t threads[2 * MAX_THREADS];
    uint64_t arrived_before = 0, arrived = 0, answered_before = answered_total();
    uint64_t delivered_before = delivered_total(&arrived_before);
    atomic_store(&over, false);
    atomic_store(&begun, false);
    atomic_store(&injecting, true);
    atomic_store(&ready, 0);
    for (int i = 0; i < vcpu_count; i++) {
        vcpus[i].time_count = 0;
        start_thread(&threads[i], vcpu_main, (void *)(intptr_t)i);
    }
    for (int i = 0; i < injector_count; i++) {
        memset(&injectors[i], 0, sizeof injectors[i]);
        injectors[i].number = i;
        start_thread(&threads[vcpu_count + i], injector_main, &injectors[i]);
    }
    while (atomic_load(&ready) < vcpu_count + injector_count) {
        usleep(50);
    }
    seed++;
    start = now(CLOCK_MONOTONIC);
    end = start + nanos;
    atomic_store(&begun, true);
    struct timespec until = {.tv_sec = end / 1000000000, .tv_nsec = end % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    atomic_store(&injecting, false);
    await_all_arrived(answered_before);
    int64_t elapsed = now(CLOCK_MONOTONIC) - start, cpu = 0;
    atomic_store(&over, true);
    for (int i = 0; i < vcpu_count; i++) {
        atomic_store(&vcpus[i].kicked, 1);
        vcpu_announce(&vcpus[i]);
    }
    for (int i = 0; i < vcpu_count + injector_count; i++) {
        pthread_join(threads[i], NULL);
    }
    uint64_t full = 0, sent = 0, time_count = 0;
    int64_t late = 0;
    for (int i = 0; i < injector_count; i++) {
        full += injectors[i].full;
        sent += injectors[i].sent;
        cpu += injectors[i].cpu;
        late = injectors[i].ended - start > late ? injectors[i].ended - start : late;
    }
    for (int i = 0; i < vcpu_count; i++) {
        cpu += vcpus[i].cpu;
        time_count += vcpus[i].time_count;
    }
    uint64_t delivered = delivered_total(&arrived) - delivered_before;
    printf("round injected=%llu delivered=%llu full=%llu sent=%llu arrived=%llu elapsed=%lld cpu=%lld ended=%lld times=%llu",
           (unsigned long long)accepted_total(), (unsigned long long)delivered, (unsigned long long)full,
           (unsigned long long)sent, (unsigned long long)(arrived - arrived_before), (long long)elapsed, (long long)cpu,
           (long long)late, (unsigned long long)time_count);
    for (int i = 0; i < vcpu_count; i++) {
        for (size_t k = 0; k < vcpus[i].time_count; k++) {
            printf(" %lld", (long long)vcpus[i].times[k]);
        }
    }
    printf("\n");
}

static void *one_thread_main(void *argument) {
    int64_t nanos = *(int64_t *)argument;
    static int batch = 1;
    uint64_t pairs = 0, sent = 0, arrived_before = 0, arrived = 0;
    uint64_t delivered_before = delivered_total(&arrived_before);
    place(0, 1);
    int64_t cpu = now(CLOCK_THREAD_CPUTIME_ID), begin = now(CLOCK_MONOTONIC), last = begin;
    while (last - begin < nanos) {
        for (int i = 0; i < batch; i++) {
            for (int k = 0; k < pattern_length; k++) {
                enum signal signal = signal_of(pattern[k]);
                if (!inject(signal, 0, (uint32_t)pairs, pairs) || deliver(&vcpus[0]) != 1) {
                    fail("an interruption was injected and not delivered once");
                }
                sent += signal == VIRTIO ? pairs : 0;
                pairs++;
            }
        }
        int64_t time = now(CLOCK_MONOTONIC);
        batch = time - last < 50000 && batch < 4096 ? batch * 2 : time - last > 100000 && batch > 1 ? batch / 2 : batch;
        last = time;
    }
    cpu = now(CLOCK_THREAD_CPUTIME_ID) - cpu;
    uint64_t delivered = delivered_total(&arrived) - delivered_before;
    printf("round injected=%llu delivered=%llu full=0 sent=%llu arrived=%llu elapsed=%lld cpu=%lld ended=0 times=0\n",
           (unsigned long long)pairs, (unsigned long long)delivered, (unsigned long long)sent,
           (unsigned long long)(arrived - arrived_before), (long long)(last - begin), (long long)cpu);
    return NULL;
}

static void *allocate(size_t count, size_t size) {
    void *memory = aligned_alloc(CACHE_LINE, (count * size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (!memory) {
        fail("memory is exhausted");
    }
    return memset(memory, 0, count * size);
}

static void set_up(void) {
    pattern_length = (int)strlen(pattern);
    floating.capacity = floating_capacity;
    vcpus = allocate(vcpu_count, sizeof *vcpus);
    injectors = allocate(injector_count, sizeof *injectors);
    for (int i = 0; i < vcpu_count; i++) {
        struct vcpu *vcpu = &vcpus[i];
        vcpu->local.capacity = local_capacity + backlog;
        vcpu->lowcore = allocate(1, LOWCORE_LENGTH);
        store64(vcpu->lowcore + EXTERNAL_NEW_PSW, PSW_MASK);
        store64(vcpu->lowcore + EXTERNAL_NEW_PSW + 8, HANDLER);
        store64(vcpu->lowcore + RESTART_NEW_PSW, PSW_MASK);
        store64(vcpu->lowcore + RESTART_NEW_PSW + 8, HANDLER);
        vcpu->psw_mask = PSW_MASK;
        vcpu->cr0 = backlog ? GATE_SERVICE : GATE_SERVICE | GATE_EMERGENCY;
        pthread_mutex_init(&vcpu->mutex, NULL);
        pthread_cond_init(&vcpu->condition, NULL);
        for (int k = 0; k < backlog; k++) {
            if (!inject(EMERGENCY, i, 0, 0)) {
                fail("the backlog found no place");
            }
        }
    }
}

static bool is_named(const char *argument, const char *name, const char **value) {
    size_t length = strlen(name);
    *value = argument + length + 1;
    return strncmp(argument, name, length) == 0 && argument[length] == '=';
}

static void read_argument(const char *argument) {
    const char *value;
    if (is_named(argument, "kind", &value)) snprintf(kind, sizeof kind, "%s", value);
    else if (is_named(argument, "vcpus", &value)) vcpu_count = atoi(value);
    else if (is_named(argument, "injectors", &value)) injector_count = atoi(value);
    else if (is_named(argument, "pattern", &value)) snprintf(pattern, sizeof pattern, "%s", value);
    else if (is_named(argument, "waits", &value)) waits = atoi(value);
    else if (is_named(argument, "spins", &value)) spins = atol(value);
    else if (is_named(argument, "yields", &value)) yields = atol(value);
    else if (is_named(argument, "rate", &value)) rate = atof(value);
    else if (is_named(argument, "poisson", &value)) is_poisson = atoi(value);
    else if (is_named(argument, "backlog", &value)) backlog = atoi(value);
    else if (is_named(argument, "floating", &value)) floating_capacity = atoi(value);
    else if (is_named(argument, "local", &value)) local_capacity = atoi(value);
    else if (is_named(argument, "seed", &value)) seed = strtoull(value, NULL, 10);
    else if (is_named(argument, "pin", &value)) is_pinned = atoi(value);
    else fail("argument %s is unknown", argument);
}

int main(int count, char **arguments) {
    static char line[64];
    for (int i = 1; i < count; i++) {
        read_argument(arguments[i]);
    }
    if (vcpu_count < 1 || vcpu_count > MAX_THREADS || injector_count < 1 || injector_count > MAX_THREADS) {
        fail("too many threads, or none");
    }
    sched_getaffinity(0, sizeof allowed, &allowed);
    is_timed = strcmp(kind, "latency") == 0;
    set_up();
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        int64_t nanos = strncmp(line, "run ", 4) == 0 ? atoll(line + 4) : 0;
        if (nanos <= 0) {
            fail("expected run NANOS");
        }
        if (strcmp(kind, "one-thread") == 0) {
            pthread_t thread;
            start_thread(&thread, one_thread_main, &nanos);
            pthread_join(thread, NULL);
        } else {
            round_of_threads(nanos);
        }
        fflush(stdout);
    }
    return 0;
}
