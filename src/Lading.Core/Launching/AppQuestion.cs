using Lading.Configuration;

namespace Lading.Launching;

/// <summary>What is known when the environment of an app is chosen.</summary>
internal sealed record AppQuestion
{
    /// <summary>What <c>--env</c> says; null for nothing.</summary>
    public string? Option { get; init; }

    /// <summary>What the app's context says (<c>lading:env</c>), which the constructs go by; null for nothing.</summary>
    public string? Context { get; init; }

    /// <summary>What <c>LADING_ENV</c> says; null for nothing.</summary>
    public string? Variable { get; init; }

    /// <summary>The account that CDK chose; null if it chose none.</summary>
    public string? Account { get; init; }

    /// <summary>The region that CDK chose; null if it chose none.</summary>
    public string? Region { get; init; }

    public required LadingConfiguration Configuration { get; init; }
}
