namespace Lading.Oci;

/// <summary>Bytes that are not those of their digest.</summary>
internal sealed class ContentMismatchException(Descriptor expected, string origin, string difference)
    : IOException($"{origin} does not hold {expected.Digest}: {difference}.")
{
    public Descriptor Expected { get; } = expected;
}
