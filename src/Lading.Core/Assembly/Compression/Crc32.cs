namespace Lading.Assembly.Compression;

/// <summary>The checksum of gzip (RFC 1952, section 8), four bytes at a time.</summary>
internal sealed class Crc32
{
    private static readonly uint[][] Tables = CreateTables();
    private uint register = uint.MaxValue;

    public uint Value => ~register;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (t0, t1, t2, t3) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        var crc = register;
        while (bytes.Length >= 4)
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = t3[crc & 255] ^ t2[(crc >> 8) & 255] ^ t1[(crc >> 16) & 255] ^ t0[crc >> 24];
            bytes = bytes[4..];
        }

        foreach (var value in bytes)
        {
            crc = t0[(crc ^ value) & 255] ^ (crc >> 8);
        }

        register = crc;
    }

    private static uint[][] CreateTables()
    {
        var tables = new uint[4][];
        tables[0] = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }

            tables[0][i] = crc;
        }

        for (var table = 1; table < 4; table++)
        {
            tables[table] = [.. tables[table - 1].Select(crc => (crc >> 8) ^ tables[0][crc & 255])];
        }

        return tables;
    }
}
