namespace Lading.Bases;

/// <summary>How the pin of a base stands to its registry.</summary>
internal enum BaseState
{
    /// <summary>The reference names what is pinned.</summary>
    Current,

    /// <summary>The reference names something else by now.</summary>
    Behind,

    /// <summary>It has no pin: what it is counts by its name alone.</summary>
    Unpinned,

    /// <summary>The reference itself has the digest.</summary>
    Fixed,

    /// <summary>What is pinned is no longer in the registry: no build can use it.</summary>
    Gone,

    /// <summary>Only an engine of this machine has it.</summary>
    Local,

    /// <summary>A variable is in it that only the engine knows.</summary>
    Variable,

    /// <summary>Its registry does not have it, or does not answer.</summary>
    Unreachable,
}
