package org.interruptor.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Each way to come by guest storage, for tests that hold for all of them. */
enum Storage {
    ALLOCATED {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.allocate(size);
        }
    },
    MAPPED_FILE {
        @Override
        GuestMemory open(int size, Path folder) throws IOException {
            return GuestMemory.map(folder.resolve("storage"), size);
        }
    },
    SPARSELY_MAPPED_FILE {
        @Override
        GuestMemory open(int size, Path folder) throws IOException {
            return GuestMemory.mapSparse(folder.resolve("storage"), size);
        }
    },
    ARRAY {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(new byte[size]);
        }
    },
    DIRECT_BYTE_BUFFER {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(ByteBuffer.allocateDirect(size));
        }
    },
    LITTLE_ENDIAN_HEAP_BYTE_BUFFER {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
        }
    },
    SLICE_OF_A_BYTE_BUFFER {
        @Override
        GuestMemory open(int size, Path folder) {
            ByteBuffer aligned = ByteBuffer.allocateDirect(size + 32).alignedSlice(Long.BYTES);
            return GuestMemory.wrap(aligned.slice(8, size));
        }
    },
    AGRONA_BUFFER_OVER_AN_ARRAY {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(new UnsafeBuffer(new byte[size + 16], 8, size));
        }
    },
    AGRONA_BUFFER_OVER_DIRECT_MEMORY {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(size)));
        }
    },
    AGRONA_VIEW_OF_ANOTHER_BUFFER {
        @Override
        GuestMemory open(int size, Path folder) {
            return GuestMemory.wrap(new UnsafeBuffer(new ExpandableArrayBuffer(size + 16), 8, size));
        }
    };

    abstract GuestMemory open(int size, Path folder) throws IOException;
}
