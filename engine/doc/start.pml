/* Start against the loop of an embedder, for the model checker Spin: deliver; operating? run : wait. wake.md explains it.
 * A start is an edge that a wait sees, like a kick: a bit of the mailbox, which a delivery takes out. Words: OP operating,
 * P the mailbox's bit, S stamp, W wait word, I idle. Memory as in stamp.pml; CUT leaves one ingredient out.              */
#ifndef CUT
#define CUT 0
#endif
#define NO_EDGE 1        /* a wait only compares "stopped when it began" */
#define EDGE_BEFORE 2    /* the edge is looked at before the opening only */
#define POST_FIRST 3     /* the start is posted before operating is set */
#define TAKEN_IN_WAIT 4  /* a wait that begins takes the bit out */
#define NO_FENCE 5       /* start: operating and bit by plain stores */
#define LEVEL 6          /* none left out: instead of the edge, "operates and the PSW does not wait" is asked in each look */
#define LEVEL_BEFORE 7   /* ... in the first look only, with the old comparison behind the opening */
#define HARVEST_LATE 8   /* the loop looks whether the vCPU operates, then its delivery takes the bit out */
#ifndef NS
#define NS 2             /* starts */
#endif
#define OP 0
#define P 1
#define S 2
#define W 3
#define I 4
#define RUN 0
#define SPIN 1
#define PARK 2
#define NOTE 3
byte mem[5]; byte ba[4], bv[4], bn[2]; bool inwait, done;
#define RD(a) ((bn[me]==2 && ba[2*me+1]==(a)) -> bv[2*me+1] : ((bn[me]>=1 && ba[2*me]==(a)) -> bv[2*me] : mem[a]))
#define FENCE (bn[me]==0)
inline st(a,v) { atomic { bn[me] < 2 -> ba[2*me+bn[me]] = a; bv[2*me+bn[me]] = v; bn[me]++ } }
proctype memory(byte me) {
end: do :: d_step { bn[me] > 0 -> mem[ba[2*me]] = bv[2*me]; ba[2*me] = ba[2*me+1]; bv[2*me] = bv[2*me+1]; bn[me]--; if :: bn[me]==0 -> ba[2*me]=0; bv[2*me]=0 :: else -> ba[2*me+1]=0; bv[2*me+1]=0 fi } od }
proctype starter(byte me) { byte n;
  do :: n == NS -> break
  :: n < NS ->
end: RD(OP) == 0;                                    /* start has an effect on a stopped one only */
#if CUT == POST_FIRST
     atomic { FENCE -> mem[P] = 1 }; atomic { FENCE -> mem[OP] = 1 };
#elif CUT == NO_FENCE
     st(OP, 1); st(P, 1);
#else
     atomic { FENCE -> mem[OP] = 1 }; atomic { FENCE -> mem[P] = 1 };
#endif
     st(S, n + 1);
     if :: atomic { (RD(W) == SPIN || RD(W) == PARK) && FENCE -> mem[W] = NOTE }
        :: RD(W) != SPIN && RD(W) != PARK fi;
     n++
  od }
proctype owner() { byte me = 1, seen; bool begun, out, op;
loop:
  seen = RD(S);                                      /* a delivery: sees the stamp, takes out the start */
#if CUT == HARVEST_LATE
  op = RD(OP);
#endif
  if :: atomic { RD(P) && FENCE -> mem[P] = 0 } :: !RD(P) fi;
#if CUT != HARVEST_LATE
  op = RD(OP);                                       /* the loop's look */
#endif
  if :: op -> op = 0; goto guest :: !op -> skip fi;
  /* enterWait; its PSW does not wait */
  begun = !RD(OP); inwait = 1; out = 0;
#if CUT == TAKEN_IN_WAIT
  if :: atomic { RD(P) && FENCE -> mem[P] = 0 } :: !RD(P) fi;
#endif
#if CUT == NO_EDGE
  if :: begun && RD(OP) -> out = 1 :: else fi;
#elif CUT == LEVEL || CUT == LEVEL_BEFORE
  if :: RD(OP) -> out = 1 :: else fi;
#else
  if :: RD(P) -> out = 1 :: else fi;
#endif
  if :: out -> goto leave :: else fi;
again:
  st(W, SPIN); atomic { FENCE -> mem[I] = 1 };
#if CUT == NO_EDGE || CUT == LEVEL_BEFORE
  if :: begun && RD(OP) -> out = 1 :: else fi;
#elif CUT == LEVEL
  if :: RD(OP) -> out = 1 :: else fi;
#elif CUT != EDGE_BEFORE
  if :: RD(P) -> out = 1 :: else fi;
#endif
  if :: out -> goto leave :: else fi;
  if :: atomic { RD(W) == SPIN && FENCE -> mem[W] = PARK };
end1:   mem[W] == NOTE
     :: RD(W) == NOTE fi;
#if CUT == EDGE_BEFORE
  if :: RD(P) -> goto leave :: else fi;
#endif
  goto again;
leave:
  st(W, RUN); atomic { FENCE -> mem[I] = 0 }; inwait = 0; begun = 0; out = 0; goto loop;
guest:
  if
  :: RD(S) != seen -> goto loop                      /* attention */
  :: st(OP, 0); FENCE; goto loop                     /* a stop was delivered: the owner stops itself */
  :: done = 1; goto fin
  fi;
fin: skip }
proctype rest() { timeout -> assert(!(inwait && mem[OP])); assert(mem[W] != NOTE || done) }
init { atomic { run starter(0); run owner(); run rest(); run memory(0); run memory(1) } }
