namespace Lading.Cli.Docker;

/// <summary>An option of <c>docker build</c> or <c>docker buildx build</c>, and how Lading handles it.</summary>
/// <param name="Name">Its name, with dashes.</param>
/// <param name="TakesValue">False for a switch, which may still be given as <c>--name=false</c>.</param>
internal sealed record BuildOption(string Name, bool TakesValue)
{
    /// <summary>The short form, such as <c>-t</c>; null for none.</summary>
    public string? Short { get; init; }

    /// <summary>How it is handled with docker, finch and nerdctl, as in the documentation.</summary>
    public required string WithDocker { get; init; }

    /// <summary>How it is handled with podman and buildah, as in the documentation.</summary>
    public required string WithContainers { get; init; }

    /// <summary>Converts the given value to docker's argument; null if Lading handles the option itself.</summary>
    public Func<string, BuildOptionEffect>? ForDocker { get; init; }

    /// <summary>Converts the given value to podman's and buildah's argument; null if Lading handles the option itself.</summary>
    public Func<string, BuildOptionEffect>? ForContainers { get; init; }

    /// <summary>An option that Lading handles itself.</summary>
    public static BuildOption Own(string name, string words, string? letter = null, bool isSwitch = false) =>
        new(name, !isSwitch)
        {
            Short = letter,
            WithDocker = words,
            WithContainers = words,
        };

    /// <summary>An option that every engine supports.</summary>
    public static BuildOption PassedOn(string name, string? letter = null, bool isSwitch = false)
    {
        var option = new BuildOption(name, !isSwitch)
        {
            Short = letter,
            WithDocker = "passed on",
            WithContainers = "passed on",
        };
        return option with { ForDocker = option.PassOn, ForContainers = option.PassOn };
    }

    /// <summary>An option that does not affect the image.</summary>
    public static BuildOption WithoutEffect(string name, string why, string? letter = null, bool isSwitch = false) =>
        new(name, !isSwitch)
        {
            Short = letter,
            WithDocker = $"no effect: {why}",
            WithContainers = $"no effect: {why}",
            ForDocker = _ => BuildOptionEffect.Nothing,
            ForContainers = _ => BuildOptionEffect.Nothing,
        };

    /// <summary>An option that is not supported, except for values that request what Lading does anyway.</summary>
    /// <param name="name">The option.</param>
    /// <param name="why">The reason.</param>
    /// <param name="isHarmless">Whether a value requests only what Lading does anyway.</param>
    /// <param name="harmless">The accepted values, in words; null for none.</param>
    /// <param name="letter">The short form.</param>
    /// <param name="isSwitch">Whether it takes no value.</param>
    public static BuildOption Refused(
        string name,
        string why,
        Func<string, bool>? isHarmless = null,
        string? harmless = null,
        string? letter = null,
        bool isSwitch = false
    )
    {
        var words = harmless is null ? $"refused: {why}" : $"{harmless}: no effect; else refused: {why}";
        BuildOptionEffect Use(string value) =>
            (isHarmless?.Invoke(value) ?? (isSwitch && !IsOn(value)))
                ? BuildOptionEffect.Nothing
                : BuildOptionEffect.Refuse(why);
        return new BuildOption(name, !isSwitch)
        {
            Short = letter,
            WithDocker = words,
            WithContainers = words,
            ForDocker = Use,
            ForContainers = Use,
        };
    }

    /// <summary>The option as it was given.</summary>
    public BuildOptionEffect PassOn(string value) =>
        TakesValue ? new(Name, value)
        : IsOn(value) ? new(Name)
        : new($"{Name}=false");

    /// <summary>Whether a switch is on: Go's flags parse these words as false.</summary>
    public static bool IsOn(string value) => value is not ("false" or "False" or "FALSE" or "f" or "F" or "0");
}
