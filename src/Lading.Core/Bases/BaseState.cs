namespace Lading.Bases;

/// <summary>How the pin of a base compares with its registry.</summary>
internal enum BaseState
{
    /// <summary>The reference points to the pinned digest.</summary>
    Current,

    /// <summary>The reference now points to another digest.</summary>
    Behind,

    /// <summary>It has no pin: builds use whatever its reference points to.</summary>
    Unpinned,

    /// <summary>The reference itself has a digest.</summary>
    Fixed,

    /// <summary>The pinned digest is no longer in the registry: no build can use it.</summary>
    Gone,

    /// <summary>Only an engine of this machine has it.</summary>
    Local,

    /// <summary>It contains a variable that only the engine knows.</summary>
    Variable,

    /// <summary>Its registry does not have it, or does not answer.</summary>
    Unreachable,
}
