namespace Lading.Configuration;

/// <summary>What is known of the environment of a stack.</summary>
internal enum StackMatchKind
{
    /// <summary>It belongs to one: its <c>stacks</c> name it, or it alone has the account and region.</summary>
    One,

    /// <summary>Several have its account and region, and no <c>stacks</c> name it.</summary>
    Shared,

    /// <summary>The <c>stacks</c> of several name it.</summary>
    Contested,

    /// <summary>It leaves account or region open, and goes with whichever of these it is deployed to.</summary>
    Open,

    /// <summary>The environments with its account and region name their stacks, and it is not among them.</summary>
    Unlisted,

    /// <summary>No environment has its account and region.</summary>
    None,
}
