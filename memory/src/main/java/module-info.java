/** Guest storage, prefixing, the PSW and the lowcore of an s390 guest. */
module org.interruptor.memory {
    requires transitive org.agrona;
    requires transitive chronicle.core;
    requires jdk.management;
    requires jdk.unsupported; // Agrona's and chronicle-core's, which cannot say so themselves
    requires org.slf4j; // chronicle-core's

    exports org.interruptor.memory;
}
