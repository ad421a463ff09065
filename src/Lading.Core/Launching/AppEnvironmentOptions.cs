using Lading.Configuration;

namespace Lading.Launching;

/// <summary>What determines the environment of an app.</summary>
internal sealed record AppEnvironmentOptions
{
    /// <summary>The value of <c>--env</c>; null for none.</summary>
    public string? Option { get; init; }

    /// <summary>The app's context <c>lading:env</c>, which the constructs use; null for none.</summary>
    public string? Context { get; init; }

    /// <summary>The value of <c>LADING_ENV</c>; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>The account that CDK chose; null if it chose none.</summary>
    public string? Account { get; init; }

    /// <summary>The region that CDK chose; null if it chose none.</summary>
    public string? Region { get; init; }

    public required LadingConfiguration Configuration { get; init; }
}
