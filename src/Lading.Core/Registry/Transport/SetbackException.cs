namespace Lading.Registry.Transport;

/// <summary>A request that may not be repeated as it is had a setback; whoever sent it knows where to begin again.</summary>
internal sealed class SetbackException(Setback setback) : Exception(setback.Text, setback.Cause)
{
    public Setback Setback { get; } = setback;
}
