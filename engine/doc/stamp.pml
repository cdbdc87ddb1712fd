/* The stamp of one vCPU, for the model checker Spin: one word that many store and the owner reads, counts, a mailbox, a wait
 * with three gates, openInWait. wake.md explains it. Memory is x86-like: each process has a store buffer of two entries; a
 * read-modify-write and FENCE wait until it is empty. CUT leaves one ingredient out.
 * Classes: E emergency (the count is the queue), X one that has a slot and a bit in the mailbox P, F floating ring.
 * NE, NX, NFL: how many of each come. X2N: a second injector of class X. OWN: emergency signals of the vCPU to itself.   */
#ifndef CUT
#define CUT 0
#endif
#ifndef NE
#define NE 2
#endif
#ifndef NX
#define NX 2
#endif
#ifndef NFL
#define NFL 1
#endif
#define LOOK_STAMP 1      /* the look behind the opening of a wait trusts "stamp unmoved" */
#define SAME 2            /* a class announces with one value */
#define SEE_LATE 3        /* the stamp is read behind the queues */
#define NO_IFENCE 4       /* floating: publish, no fence, look at idle */
#define BIT_FIRST 5       /* idle bit (RMW) first, then the word, no fence behind it */
#define SKIP_NOFENCE 6    /* X: slot written plainly, then "bit set already: skip" */
#define HARVEST_LATE 7    /* owner looks at the slot, then clears the mailbox */
#define HARVEST_PLAIN 8   /* owner clears the mailbox by load and store */
#define OPEN_LATE 9       /* openInWait written behind the look */
#define STAMP_FIRST 10    /* stamp before the publication */
#define RESEE 11          /* the stamp is seen again between the local and the floating part */
#define NO_RELOOK 12      /* no look behind the opening */
#define LAZY 13           /* none left out: mailbox bit cleared only when nothing was found behind it, then looked again */
#define LAZY_NORELOOK 14  /* as LAZY without the second look */
#define KEEP_OPEN 15      /* none left out: openInWait bits are never cleared */
#define HARVEST_DROP 16   /* harvested bit of a closed gate is forgotten */
#define REQ_BITS 17       /* requests from pending bits only, not verified: counts false ones */
#define OWN_STAMP 18      /* the vCPU's own thread stores a stamp when it announces something to itself */
#ifndef OWN
#define OWN 0
#endif
#define S 0
#define E 1
#define X 2
#define P 3
#define PUB 4
#define W 7
#define I 8
#define O 9
#define X2 10
#define NM 11
#ifndef X2N
#define X2N 0                                    /* 1: a second injector of class X with a slot of its own behind the same bit */
#endif
#ifdef X2BIT                                     /* the second injector has a bit of its own */
#define BIT(sl) (sl == X -> GX : 8)
#define MX (GX + 8)
#else
#define BIT(sl) GX
#define MX GX
#endif
#define ANYX (RD(X) || RD(X2))
#define GE 1
#define GX 2
#define GF 4
#define RUN 0
#define SPIN 1
#define PARK 2
#define NOTE 3
#define NPR (4 + X2N)
byte mem[NM];
byte ba[2*NPR], bv[2*NPR], bn[NPR];
byte xin, xgot, fgot[3];
bool inwait; byte req, gone, head, falseReq;
#define RD(a) ((bn[me]==2 && ba[2*me+1]==(a)) -> bv[2*me+1] : ((bn[me]>=1 && ba[2*me]==(a)) -> bv[2*me] : mem[a]))
#define FENCE (bn[me]==0)
inline st(a,v) { atomic { bn[me] < 2 -> ba[2*me+bn[me]] = a; bv[2*me+bn[me]] = v; bn[me]++ } }
proctype memory(byte me) {
end: do :: d_step { bn[me] > 0 -> mem[ba[2*me]] = bv[2*me]; ba[2*me] = ba[2*me+1]; bv[2*me] = bv[2*me+1]; bn[me]--; if :: bn[me]==0 -> ba[2*me]=0; bv[2*me]=0 :: else -> ba[2*me+1]=0; bv[2*me+1]=0 fi } od
}
inline claim(g) {
  if
  :: atomic { ((RD(W) & 3)==SPIN || (RD(W) & 3)==PARK) && ((RD(W)>>2) & g)==g && FENCE -> mem[W] = NOTE; won = 1 }
  :: atomic { !(((RD(W) & 3)==SPIN || (RD(W) & 3)==PARK) && ((RD(W)>>2) & g)==g) -> won = 0 }
  fi
}
proctype injE(byte me) { byte n, won, e;
  do
  :: n == NE -> break
  :: n < NE ->
#if CUT == STAMP_FIRST
     st(S, 1+n);
#endif
     atomic { FENCE -> e = mem[E]; mem[E] = e + 1 };
#if CUT == SAME
     st(S, 1);
#elif CUT != STAMP_FIRST
     st(S, 1 + e);
#endif
     claim(GE); n++; e = 0
  od }
proctype injX(byte me; byte sl) { byte n, won, p;
  do
  :: n == NX -> break
  :: n < NX ->
#if CUT == SKIP_NOFENCE
     atomic { RD(sl) == 0 -> xin++ }; st(sl, 1);
#else
     atomic { FENCE && mem[sl] == 0 -> mem[sl] = 1; xin++ };       /* compare-and-set from empty; BUSY waits here */
#endif
#if CUT == SKIP_NOFENCE
     p = RD(P);
     if :: (p & BIT(sl)) == 0 -> atomic { FENCE -> mem[P] = mem[P] | BIT(sl) } :: else fi;
     p = 0;
#else
     atomic { FENCE -> mem[P] = mem[P] | BIT(sl) };                /* a new epoch, also when the bit is set */
#endif
#if CUT == SAME
     st(S, 10);
#else
     st(S, 10 + sl*4 + n);
#endif
     claim(GX); n++
  od }
proctype injF(byte me) { byte n, won, b;
  do
  :: n == NFL -> break
  :: n < NFL ->
     st(PUB + n, 1);
#if CUT != NO_IFENCE
     FENCE;
#endif
     b = RD(I); won = 0;
     if :: b -> b = RD(O); if :: b & GF -> claim(GF) :: else fi :: else fi;
     if :: won -> st(S, 20 + n)
        :: !won -> b = RD(I); if :: !b -> st(S, 20 + n) :: else fi
     fi;
     b = 0; won = 0; n++
  od }
proctype owner() { byte me = 3; byte g, opens, seen, e, known, x, last, res, own; bool opened, left;
guest:
  atomic { if :: g = 0 :: g = GE :: g = GX :: g = GF :: g = GE+GX+GF fi };
  if
  :: g & req -> goto deliver
  :: !(g & req) && (g & GF) && RD(PUB + head) -> goto deliver    /* newly opened: met */
  :: !(g & req) && !((g & GF) && RD(PUB + head)) -> if :: goto runs :: goto wait fi
  fi;
runs:
  if                                                             /* attention: the guest runs until then */
  :: RD(S) != seen || left -> skip
#if OWN
  :: own < OWN -> own++;
     atomic { FENCE -> x = mem[E]; mem[E] = x + 1 };
#if CUT == OWN_STAMP
     st(S, 1 + x);
#else
     left = 1;
#endif
     x = 0; goto runs
#endif
  fi;
deliver:
  left = 0;
#if CUT != SEE_LATE
  seen = RD(S);
#endif
dl:
  e = RD(E);
#if CUT == LAZY || CUT == LAZY_NORELOOK
  known = known | RD(P);
#elif CUT == HARVEST_PLAIN
  x = RD(P); if :: x -> known = known | x; st(P, 0) :: else fi; x = 0;
#elif CUT == HARVEST_LATE
  x = RD(P); known = known | x; x = 0;
#else
  if :: RD(P) -> atomic { FENCE -> known = known | mem[P]; mem[P] = 0 } :: else fi;
#endif
  if
  :: (g & GE) && e > gone -> gone++; if :: skip :: g = 0 fi; goto dl
  :: else fi;
  if
  :: known & MX ->
     if
     :: (g & GX) -> x = ANYX;
        if :: x -> atomic { FENCE -> if :: mem[X] -> mem[X] = 0 :: else -> mem[X2] = 0 fi; xgot++; assert(xgot <= xin) };
#if CUT == HARVEST_LATE
              atomic { FENCE -> mem[P] = 0; known = 0 };
#endif
              x = 0; if :: skip :: g = 0 fi; goto dl
           :: !x ->
#if CUT == LAZY
              atomic { FENCE -> mem[P] = 0; known = 0 }; x = ANYX; if :: x -> atomic { FENCE -> mem[P] = MX; known = MX }; x = 0; goto dl :: else fi
#elif CUT == LAZY_NORELOOK || CUT == HARVEST_LATE
              atomic { FENCE -> mem[P] = 0; known = 0 }
#else
              known = 0
#endif
        fi
     :: !(g & GX) ->
#if CUT == HARVEST_DROP
        known = 0
#else
        skip
#endif
     fi
  :: else fi;
#if CUT == RESEE
  seen = RD(S);
#endif
df:
  if
  :: RD(PUB + head) && (g & GF) -> fgot[head]++; assert(fgot[head] == 1); head++; if :: skip :: g = 0 fi; goto df
  :: else fi;
  atomic { req = 0; if :: e > gone -> req = req | GE :: else fi };
#if CUT == REQ_BITS
  atomic { if :: (known & MX) && !(g & GX) -> req = req | GX; if :: !ANYX -> falseReq = 1 :: else fi :: else fi };
#else
  if :: known & MX -> x = ANYX; if :: x -> req = req | GX :: else -> known = 0 fi; x = 0 :: else fi;
#endif
  if :: RD(PUB + head) -> req = req | GF :: else fi;
  e = 0;
#if CUT == SEE_LATE
  seen = RD(S);
#endif
  goto guest;
wait:
  opens = g; inwait = 1;
open:
  if
  :: !opened ->
#if CUT != OPEN_LATE
     if :: (opens & GF) && !(last & GF) -> atomic { FENCE -> mem[O] = GF }
#if CUT != KEEP_OPEN
        :: !(opens & GF) && (last & GF) -> atomic { FENCE -> mem[O] = 0 }
#endif
        :: else fi;
     last = opens;
#endif
#if CUT == BIT_FIRST
     atomic { FENCE -> mem[I] = 1 }; st(W, SPIN + (opens << 2));
#else
     st(W, SPIN + (opens << 2)); atomic { FENCE -> mem[I] = 1 };
#endif
     opened = 1
  :: opened -> st(W, SPIN + (opens << 2)); FENCE                 /* opened again after a claim: its own fence */
  fi;
#if CUT != NO_RELOOK
look:
#if CUT == LOOK_STAMP
  if :: RD(S) == seen -> goto park :: else fi;
#endif
  if :: (opens & GE) && RD(E) > gone -> goto leave :: else fi;
  if :: (opens & GX) && ((known | RD(P)) & MX) && ANYX -> goto leave :: else fi;
  if :: (opens & GF) && RD(PUB + head) -> goto leave :: else fi;
#endif
park:
#if CUT == OPEN_LATE
  if :: (opens & GF) != (last & GF) -> atomic { FENCE -> mem[O] = opens & GF }; last = opens :: else fi;
#endif
  if
  :: atomic { RD(W) != NOTE && FENCE -> mem[W] = PARK + (opens << 2) }; (mem[W] & 3) == NOTE   /* parked until claimed */
  :: RD(W) == NOTE
  fi;
  goto open;                                                     /* look with the wait open again */
leave:
  st(W, RUN); atomic { FENCE -> mem[I] = 0 }; opened = 0; inwait = 0; opens = 0; goto deliver
}
proctype rest() { byte me = 3;
  timeout -> d_step {
    assert(!(inwait && ((mem[W] >> 2) & GE) && mem[E] > gone));
    assert(!(inwait && ((mem[W] >> 2) & GX) && (mem[X] || mem[X2])));
    assert(!(inwait && ((mem[W] >> 2) & GF) && mem[PUB + head]));
    assert((mem[W] & 3) != NOTE);
    assert(inwait || mem[E] == gone || (req & GE));
    assert(inwait || !(mem[X] || mem[X2]) || (req & GX));
    assert(inwait || !mem[PUB + head] || (req & GF));
    assert(!falseReq)
  } }
init { atomic { run injE(0); run injX(1, X);
#if X2N
  run injX(4, X2); run memory(4);
#endif
  run injF(2); run owner(); run rest(); run memory(0); run memory(1); run memory(2); run memory(3) } }
