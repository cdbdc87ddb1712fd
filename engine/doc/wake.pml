/* The wake-up protocol of the engine, for the model checker Spin. wake.md explains it and says how to run it.
 *
 * Memory is x86-like (TSO): a plain or release store goes into the process's store buffer (one entry) and reaches
 * memory at any later time; a fence, a compare-and-set or any other atomic operation waits until it is empty.
 * One statement, or one `atomic`, is one step; an `atomic` makes at most one access to shared memory that others can
 * tell apart. Blocking guards stand only at the beginning of an `atomic`.                                            */

#ifndef NF                                     /* the configuration: give all of these or none */
#define NF 2                                   /* floating injectors, one interruption each: unpublished slots can be in front */
#define NL 0                                   /* local injections, each to any vCPU */
#define NK 0                                   /* kicks, each to any vCPU */
#define NT 0                                   /* how often the timer of each vCPU may fire */
#define NS 0                                   /* spurious returns from park, all vCPUs together */
#endif
#ifndef NV
#define NV 2                                   /* vCPUs, 2 or 3 */
#endif
/* -DSTOP: vCPUs may be stopped, for good. -DSTART: once in all, a stopped vCPU is started again.
 * -DEARLY: deliveries may end early. -DSTALL: slot 0 is never published. -DCAREFUL: nobody waits again before a delivery
 * after READY. -DNOWAIT: guests run.
 * -DFIXED: the last vCPU has the floating gate open, the others closed. */
#ifdef START
#define NM 1
#define STOP
#else
#define NM 0
#endif
#define NP (NV + NF + 2 + NM)                  /* processes with a store buffer */

/* Ablation: -DCUT=n leaves one ingredient out */
#ifndef CUT
#define CUT 0
#endif
#define NO_IFENCE       1                      /* injector: publish, claim or FENCE, look at idle bits and wait words */
#define NO_VFENCE       2                      /* vCPU: open the wait, FENCE, look again */
#define NO_RELOOK       3                      /* vCPU: look again after opening */
#define NO_HO_DELIVER   4                      /* hand on at the end of a delivery */
#define NO_HO_ENTER     5                      /* hand on when a look in the wait finds what it may not take */
#define NO_HO_LEAVE     6                      /* hand on when leaving the wait for another reason */
#define NO_LEFT         7                      /* leaving the wait, the head published: leave own attention set */
#define HO_HOLE         8                      /* adds: hand on when woken to an unpublished slot in front */
#define NO_KFENCE       9                      /* kick: set the flag, FENCE, look at the wait word */
#define KICK_LATE      10                      /* kick: claim before the flag is set */
#define SEE_LATE       11                      /* delivery: see what was announced before the look at the queues */
#define NO_CAS         12                      /* claim by look and store instead of compare-and-set */
#define STALE_GATES    13                      /* the compare-and-set compares the state only, not the gates */
#define CLAIMER_CLEARS 14                      /* the claimer clears the bit, after the claim */
#define CLEAR_FIRST    15                      /* the claimer clears the bit, before the claim */
#define NO_SFENCE      16                      /* stop: not operating any more, FENCE, look */
#define NO_HO_STOP     17                      /* stop: hand on */
#define SPLIT          18                      /* none left out: look and compare-and-set as separate steps */
#define SAME_STAMP     19                      /* hand-ons of one head carry one stamp instead of one each */
#define NO_RUN         20                      /* hand on to running vCPUs too */
#define RUN_AGAIN      21                      /* ... once for each head */
#define ENTER_ONCE     22                      /* none left out: a head handed on before opening is handed on again after it */
#define ROTATE_ALL     23                      /* the rotation leaves out the vCPUs that wait */
#define NO_EARLY       24                      /* a delivery that ends early leaves attention set */
#define NO_STARTED     25                      /* start: announce */
#define NO_LFENCE      26                      /* record: the announcement is a read-modify-write, not a store */
#define START_FIRST    27                      /* start: operating before it is posted */
#define OPEN_LATE      28                      /* mark the gates of a wait before its look */
#define NO_UNMARK      29                      /* none left out: marks of closed gates stay when the vCPU parks */
#define HAND_EMPTY     30                      /* none left out: hand on also where a pass ended at an empty head */
#define IDLE_TOO       31                      /* none left out: claims by openInWait and idle bits, as where many are marked */

/* The wait word of a vCPU: state in the two low bits, above them the gates that this wait holds open */
#define RUN  0                                 /* not in a wait */
#define SPIN 1                                 /* wait open, thread awake: a claim needs no unpark */
#define PARK 2                                 /* wait open, thread parked or about to: who claims it must unpark (call back) */
#define NOTE 3                                 /* claimed: nobody else can claim this wait */
#define F 1                                    /* gate of the floating interruptions */
#define L 2                                    /* gate of the local ones */
#define STATE(x) ((x) & 3)
#define GATES(x) ((x) >> 2)
#define MAY(x, need) ((STATE(x) == SPIN || STATE(x) == PARK) && (GATES(x) & (need)) == (need))

byte W[NV];                                    /* wait words */
byte bits;                                     /* idle bitset: where to look, nothing more */
byte opn;                                      /* openInWait of the floating gate: a hint, too */
byte ops = (1 << NV) - 1;                      /* operating vCPUs */
bit  strt[NV];                                 /* mailbox: started, and no delivery has seen it */
#if NM
bit  asleep[NV];                               /* observer: waits as a stopped one */
#define ASLEEP(v, x) asleep[v] = x
#else
#define ASLEEP(v, x) skip
#endif
bit  kick[NV], permit[NV];                     /* kick not taken yet; permit of LockSupport */
byte head; bit pub[NF + 1];                    /* floating ring: first slot not taken; slot is published */
byte lpub[NV], ltak[NV];                       /* local queues: published, taken */
byte req[NV];                                  /* requests that the last delivery left */
byte wins[NV], got[NF + 1];                    /* observers: winners of this wait, deliveries of this slot */
byte tmr[NV], spur = NS; bit away[NV];         /* budgets; the embedder does something else with this vCPU for good */
#if NK || NT
bit told[NV];                                  /* observer: somebody told it of a floating one, and it has not looked since */
#define TOLD(v, x) told[v] = x
#else
#define TOLD(v, x) skip                        /* nobody goes away who still operates */
#endif

/* Attention: what was announced differs from what was seen. No two announcements are alike, so it is set from the moment at
 * which an announcement reaches memory to the moment at which the owner reads it. Of floating interruptions, of local ones,
 * of kicks. */
bit  att[NV], latt[NV], katt[NV];
#if CUT == SAME_STAMP
byte seen[NV], ntf[NV];                        /* the stamps themselves */
#endif
#define ATTENTION(v) (att[v] || latt[v] || katt[v])

/* ---- store buffers ---------------------------------------------------------------------------------------------- */
mtype = { A_PUB, A_LOC, A_LATT, A_WAIT, A_ATT, A_KICK, A_OP }
typedef Buffer { byte a, i, x }                /* address, index, value */
Buffer sb[NP];
#define FENCE (sb[me].a == 0)
inline write(addr, idx, val) {
  if
  :: addr == A_PUB  -> pub[idx] = 1
  :: addr == A_LOC  -> lpub[idx] = val; latt[idx] = latt[idx] || (CUT == NO_LFENCE)
  :: addr == A_LATT -> latt[idx] = 1
  :: addr == A_WAIT -> W[idx] = val; wins[idx] = 0
#if CUT == SAME_STAMP
  :: addr == A_ATT  -> ntf[idx] = val; att[idx] = (val != seen[idx]); TOLD(idx, 1)
#else
  :: addr == A_ATT  -> att[idx] = 1; TOLD(idx, 1)
#endif
  :: addr == A_KICK -> kick[idx] = 1; katt[idx] = 1
  :: addr == A_OP   -> ops = ops & (255 - (1 << idx))
  fi
}
inline store(addr, idx, val, fenced) {         /* fenced: a full fence follows at once, so nobody can see the buffer */
  atomic { FENCE -> if :: fenced -> write(addr, idx, val)
                       :: else -> sb[me].a = addr; sb[me].i = idx; sb[me].x = val fi }
}
proctype memory(byte me) {
  do :: d_step { sb[me].a != 0 -> write(sb[me].a, sb[me].i, sb[me].x); sb[me].a = 0; sb[me].i = 0; sb[me].x = 0 } od
}

/* ---- injectors, kickers and vCPUs that hand on ------------------------------------------------------------------ */
/* won = SPIN or PARK if this process ended the wait of c, else 0. Looking and comparing-and-setting the whole word are
 * one step here: a set that fails looks again, and one that succeeds might have looked just then. SPLIT checks that. */
inline claim(c, need) {
#if CUT == SPLIT || CUT == NO_CAS || CUT == STALE_GATES
  do
  :: atomic { w = W[c]; if :: MAY(w, need) -> skip :: else -> w = 0; won = 0; break fi }
     atomic { FENCE -> if
       :: W[c] == w || (CUT == STALE_GATES && STATE(W[c]) == STATE(w)) || CUT == NO_CAS ->
            W[c] = NOTE; wins[c]++; assert(wins[c] == 1); won = STATE(w); w = 0; break
       :: else -> skip fi }
  od
#else
  atomic { if
    :: MAY(W[c], need) && FENCE -> won = STATE(W[c]); W[c] = NOTE; wins[c]++; assert(wins[c] == 1)
    :: !MAY(W[c], need) -> won = 0 fi }
#endif
}
inline wake(c) {
#if CUT == CLAIMER_CLEARS
  if :: won -> atomic { FENCE -> bits = bits & (255 - (1 << c)) } :: else fi;
#endif
  if :: atomic { won == PARK && FENCE -> permit[c] = 1; won = 0 } :: atomic { won != PARK -> won = 0 } fi
}
inline announce(c, stamp) { store(A_ATT, c, stamp, 0) }
inline lowest() { i = 0; do :: i < NV && !((b >> i) & 1) -> i++ :: else -> break od }
inline notifywaiting(stamp) {                  /* the lowest waiting vCPU that may take a floating one; i == NV: none */
  b = opn;                                     /* few are marked: the wait words alone say who waits */
#if CUT == IDLE_TOO || CUT == CLAIMER_CLEARS || CUT == CLEAR_FIRST  /* the latter two are about these bits */
  atomic { b = b & bits; lowest() };
#else
  atomic { lowest() };
#endif
  do
  :: i == NV -> break
  :: else ->
#if CUT == CLEAR_FIRST
     atomic { FENCE -> bits = bits & (255 - (1 << i)) };
#endif
     claim(i, F);
     if :: won -> break :: else -> atomic { b = b & (255 - (1 << i)); lowest() } fi
  od;
  if :: i < NV -> announce(i, stamp); wake(i) :: else fi
}
#if CUT == ROTATE_ALL
#define IDLE 0
#else
#define IDLE bits
#endif
inline target() { if :: c = 0 :: c = 1 :: c = NV - 1 fi }

proctype floating(byte me) {                   /* has claimed slot me - NV already: a claimed slot looks like none */
  byte w, won, i, b;
  store(A_PUB, me - NV, 1, 0);
  notifywaiting(2 * (me - NV) + 2);            /* before the fence: a claim that succeeds is one */
  if
  :: i == NV ->
#if CUT != NO_IFENCE
     FENCE;
#endif
     notifywaiting(2 * (me - NV) + 2)
  :: else
  fi;
  if
  :: i < NV -> skip
  :: else -> b = ops;                          /* else one that operates and does not wait: the rotation's, so any */
     atomic { b = b & (255 - IDLE); if :: b & 1 -> i = 0 :: b & 2 -> i = 1 :: b & 4 -> i = 2 :: b == 0 -> i = NV fi };
     if :: i < NV -> announce(i, 2 * (me - NV) + 2) :: else fi
  fi
}
proctype localinj(byte me) {
  byte c, w, won, n;
  do :: n == NL -> break
  :: atomic { n < NL -> n++; target() };
     store(A_LOC, c, lpub[c] + 1, 0);          /* commits the record */
#if CUT != NO_LFENCE
     store(A_LATT, c, 1, 1);                   /* counts it: a read-modify-write */
#endif
     claim(c, L); wake(c)
  od
}
proctype kicker(byte me) {
  byte c, w, won, n;
  do :: n == NK -> break
  :: atomic { n < NK -> n++; target() };
#if CUT != KICK_LATE
     store(A_KICK, c, 1, CUT != NO_KFENCE);
#endif
     claim(c, 0); wake(c);
#if CUT == KICK_LATE
     store(A_KICK, c, 1, 1)
#endif
  od
}
proctype starter(byte me) {
  byte c, w, won;
  atomic { ops != (1 << NV) - 1 -> if :: !(ops & 1) -> c = 0 :: !(ops & 2) -> c = 1 :: !(ops & (1 << (NV - 1))) -> c = NV - 1 fi };
#if CUT != START_FIRST
  atomic { FENCE -> ops = ops | (1 << c) };
#endif
#if CUT != NO_STARTED
  atomic { FENCE -> strt[c] = 1 };             /* a compare-and-set */
  announce(c, 255);
#endif
#if CUT == START_FIRST
  atomic { FENCE -> ops = ops | (1 << c) };
#endif
  claim(c, 0); wake(c)
}

/* ---- a vCPU ----------------------------------------------------------------------------------------------------- */
#define READY 1
#define OUT 2                                  /* kicked, timer, closed: the embedder may do something else for good */
#ifdef FIXED
inline anygates() { if :: me == NV - 1 -> g = F :: else -> g = 0 fi }
inline newpsw() { skip }
#else
inline anygates() { if :: g = 0 :: g = F :: NL > 0 -> g = L :: NL > 0 -> g = F + L fi }
inline newpsw() { if :: skip :: g = 0 fi }     /* a delivered interruption may close the gates */
#endif
#define TAKEABLE (lpub[me] > ltak[me] && (g & L) && !stopped)
#define OPERATING (ops & (1 << me))
#define MAYFLOAT ((g & F) && !stopped)
inline leaveattention() {
#if CUT == SAME_STAMP
  atomic { seen[me] = 254; att[me] = 1 }
#else
  att[me] = 1
#endif
}
inline see() {                                 /* notices, then kicks; plain reads, no fence */
#if CUT == SAME_STAMP
  atomic { seen[me] = ntf[me]; att[me] = 0; TOLD(me, 0) };
#else
  atomic { att[me] = 0; TOLD(me, 0) };
#endif
  if :: NK > 0 -> katt[me] = 0 :: else fi
}
inline handon() {                              /* x = the head + 1, or 0 where none is published */
  atomic { if :: pub[head] -> x = head + 1 :: else -> x = 0 fi };
  if
  :: x ->
     notifywaiting(2 * x + 101);
#if CUT != NO_RUN
     if
     :: i == NV && (x != last || CUT == RUN_AGAIN) ->
        atomic { last = x; b = ops };
        atomic { b = b & (255 - IDLE); i = (me + 1) % NV; do :: i != me && !((b >> i) & 1) -> i = (i + 1) % NV :: else -> break od };
        if :: i != me -> announce(i, 2 * x + 101) :: else fi
     :: else
     fi;
#endif
     atomic { i = 0; b = 0 }
  :: else
  fi
}

proctype vcpu(byte me) {
  byte g, opens, w, won, i, b, x, res, last, entered; bit opened, stopped, some, marked;
guest:                                         /* the guest loads any PSW and CR0; runs on until attention, or waits, or is stopped */
  atomic { anygates(); if
    :: g & req[me] -> goto deliver             /* what it opened meets a request */
#ifndef NOWAIT
    :: !(g & req[me]) -> goto wait
#endif
    :: !(g & req[me]) -> skip
#ifdef STOP
    :: !(g & req[me]) && !stopped -> goto stop
#endif
    fi };
  atomic { ATTENTION(me) && FENCE -> goto deliver };
wait:
  atomic { stopped = !OPERATING; entered = 0; if :: stopped -> opens = 0; ASLEEP(me, 1) :: else -> opens = g fi };
look:                                          /* first with the wait not open, then with it open or claimed */
#if NK
  if :: atomic { kick[me] && FENCE -> kick[me] = 0; res = OUT; goto leave } :: !kick[me] -> skip fi;
#endif
#if NM
  if :: atomic { strt[me] -> res = READY; goto leave } :: else fi;
#endif
#if NL
  if :: atomic { TAKEABLE -> res = READY; goto leave } :: else fi;
#endif
  if
  :: atomic { pub[head] && MAYFLOAT -> res = READY; goto leave }
  :: pub[head] && !MAYFLOAT ->
#if CUT != NO_HO_ENTER
     if :: head + 1 != entered || CUT == ENTER_ONCE -> handon(); entered = x; x = 0 :: else fi
#endif
  :: !pub[head] ->
#if CUT == HO_HOLE
     if :: STATE(W[me]) == NOTE && head < NF -> atomic { x = head + 1 }; notifywaiting(0); atomic { x = 0; i = 0; b = 0 } :: else fi
#endif
  fi;
  if :: opened && STATE(W[me]) != NOTE -> goto park :: else fi;
  /* Nothing. Mark the gates, open the wait, set the bit, whose atomic operation is the fence; look again. */
  if
  :: !opened ->
#if CUT != OPEN_LATE
     if :: (opens & F) && !marked -> atomic { FENCE -> opn = opn | (1 << me); marked = 1 } :: else fi;
#endif
#if CUT == NO_VFENCE
     atomic { FENCE -> bits = bits | (1 << me) }; store(A_WAIT, me, SPIN + (opens << 2), 0);
#else
     store(A_WAIT, me, SPIN + (opens << 2), 0); atomic { FENCE -> bits = bits | (1 << me) };
#endif
     opened = 1
  :: else -> store(A_WAIT, me, SPIN + (opens << 2), CUT != NO_VFENCE)
  fi;
#if CUT != NO_RELOOK
  goto look;
#endif
park:
#if CUT == OPEN_LATE
  if :: (opens & F) && !marked -> atomic { FENCE -> opn = opn | (1 << me); marked = 1 } :: else fi;
#endif
#if CUT != NO_UNMARK
  if :: !(opens & F) && marked -> atomic { FENCE -> opn = opn & (255 - (1 << me)); marked = 0 } :: else fi;
#endif
  if                                           /* spins and sees the claim, or goes on to park */
  :: STATE(W[me]) == NOTE && FENCE -> skip
  :: atomic { FENCE -> if :: STATE(W[me]) == SPIN -> W[me] = PARK + (opens << 2) :: else fi }
  fi;
  do
  :: STATE(W[me]) == NOTE -> break
  :: else ->                                   /* park() */
     if
     :: atomic { permit[me] -> permit[me] = 0 }
     :: atomic { spur > 0 -> spur-- }
     :: atomic { tmr[me] > 0 -> tmr[me]--; res = OUT; goto leave }
     fi
  od;
  goto look;
leave:
#if NM
  atomic { ASLEEP(me, 0) };
#endif
  if
  :: opened ->
     store(A_WAIT, me, RUN, 0);
#if CUT == CLAIMER_CLEARS
     FENCE;
#else
     atomic { FENCE -> bits = bits & (255 - (1 << me)) };
#endif
     opened = 0
  :: else
  fi;
  if
  :: pub[head] ->
#if CUT != NO_LEFT
     leaveattention();
#endif
#if CUT != NO_HO_LEAVE
     if :: res == OUT -> handon(); x = 0 :: else fi
#endif
  :: !pub[head] -> skip
  fi;
  if
  :: atomic { res == READY -> res = 0; entered = 0; stopped = 0; opens = 0; if
       :: goto deliver
#if !defined(STALL) && !defined(CAREFUL)
       :: anygates(); goto wait                /* a careless embedder: waits again without a delivery */
#endif
#ifdef STOP
       :: OPERATING -> goto stop
#endif
       fi }
  :: atomic { res == OUT -> res = 0; entered = 0; stopped = 0; opens = 0; if :: goto deliver :: goto guest :: away[me] = 1; goto done fi }
  fi;
deliver:
#if CUT != SEE_LATE
  see();
#endif
#if NK
  if :: atomic { kick[me] && FENCE -> kick[me] = 0 } :: !kick[me] -> skip fi;  /* the embedder asks for it */
#endif
#if NM
  if :: atomic { strt[me] && FENCE -> strt[me] = 0 } :: !strt[me] -> skip fi;
#endif
  stopped = !OPERATING;
dl:
#if NL
  latt[me] = 0;
  if :: atomic { TAKEABLE -> ltak[me]++; newpsw(); some = 1; goto dl }
     :: atomic { else -> if :: lpub[me] > ltak[me] -> req[me] = L :: else -> req[me] = 0 fi } fi;
#else
  req[me] = 0;
#endif
df:
  if
  :: stopped -> skip
#ifdef EARLY
  :: some && !stopped -> goto early
#endif
  :: atomic { pub[head] && MAYFLOAT && FENCE -> got[head]++; assert(got[head] == 1); head++; newpsw(); some = 1; goto df }
  :: atomic { pub[head] && !MAYFLOAT && !stopped -> req[me] = req[me] | F }
#if CUT == HAND_EMPTY
  :: !pub[head] && !stopped -> skip
#else
  :: !pub[head] && !stopped -> goto nohand     /* later heads notify by themselves */
#endif
  fi;
end:
#if CUT != NO_HO_DELIVER
  handon();
#endif
nohand:
#if CUT == SEE_LATE
  see();
#endif
  atomic { x = 0; some = 0; stopped = 0; goto guest };
#ifdef EARLY
early:
#if CUT != NO_EARLY
  leaveattention();
#endif
  goto end;
#endif
stop:
  store(A_OP, me, 0, CUT != NO_SFENCE);
#if CUT != NO_HO_STOP
  handon();
#endif
  x = 0;
#if NM
  stopped = 1;
  atomic { if :: away[me] = 1; goto done :: stopped = 0; goto guest fi };
#else
  away[me] = 1;
#endif
done: false
}

/* ---- at rest: nothing can move any more, all buffers are empty -------------------------------------------------- */
#define INWAIT (STATE(W[v]) != RUN)
#define OP (ops & (1 << v))
proctype rest() {
  byte v; bit lies;                            /* with one that operates and neither delivers nor waits: wake.md, section 5 */
  timeout ->
  d_step {
#if NK || NT
    do :: v < NV -> lies = lies || (away[v] && OP && told[v]); v++ :: else -> v = 0; break od;
#endif
    do
    :: v < NV ->
       assert(STATE(W[v]) != NOTE);                                        /* (a) claimed, but never woken */
       assert(!(INWAIT && (GATES(W[v]) & F) && pub[head]));                /* (a) floating */
       assert(!(INWAIT && (GATES(W[v]) & L) && lpub[v] > ltak[v]));        /* (a) local */
#if NM
       assert(!(INWAIT && asleep[v] && OP));                               /* (b) started */
#endif
       assert(!(INWAIT && kick[v]));                                       /* (d) */
       assert(INWAIT || away[v] || !kick[v]);                              /* (d) */
       assert(INWAIT || away[v] || !OP || lpub[v] == ltak[v] || (req[v] & L)); /* (e) runs guest code: a request stands */
       assert(INWAIT || away[v] || !OP || !pub[head] || (req[v] & F) || lies); /* (e) each one that runs, not just somebody */
       v++
    :: else -> break
    od
  }
}
init {
  byte n;
  atomic {
    do :: n < NV -> tmr[n] = NT; run vcpu(n); n++ :: else -> break od;
    #ifdef STALL
    n++;
#endif
    do :: n < NV + NF -> run floating(n); n++ :: else -> break od;
    run localinj(NV + NF); run kicker(NV + NF + 1); run rest();
#if NM
    run starter(NV + NF + 2);
#endif
    n = 0;
    do :: n < NP -> run memory(n); n++ :: else -> break od
  }
}
