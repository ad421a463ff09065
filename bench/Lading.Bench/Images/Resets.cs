namespace Lading.Bench.Images;

/// <summary>What is emptied before a run.</summary>
internal enum Resets
{
    Nothing,

    /// <summary>The first registry.</summary>
    From,

    /// <summary>The second registry.</summary>
    To,

    /// <summary>The repository of the first registry that copies within it go to.</summary>
    Copy,

    /// <summary>The folder that is pulled into.</summary>
    Pulled,
}
