using Lading.Aws.Profiles;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Aws;

/// <summary>
/// The AWS settings of an environment, from <c>lading.json</c>, environment variables and AWS's shared configuration.
/// </summary>
internal sealed record AwsSettings
{
    private readonly string? selector;
    private SharedConfiguration? shared;

    /// <summary>The environment's name, for messages.</summary>
    public required string Environment { get; init; }

    /// <summary>The required account: 12 digits.</summary>
    public required string Account { get; init; }

    public required string Region { get; init; }

    /// <summary>The environment's profile; if it exists, it takes precedence over everything else. Null for the default credentials.</summary>
    public string? Profile { get; init; }

    /// <summary>An environment variable; null if it is not set or empty.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Asks for the code of an MFA device, given its serial number; null if there is no user to ask.</summary>
    public Func<string, string?>? AskCode { get; init; }

    /// <summary>AWS's shared configuration, read on demand.</summary>
    /// <exception cref="LadingException">It cannot be read or parsed.</exception>
    public SharedConfiguration Shared => shared ??= SharedConfiguration.Read(Variable);

    /// <summary>The profile that the user selected outside of <c>lading.json</c>, with the precedence of the AWS CLI.</summary>
    public string? ChosenProfile => Variable("AWS_DEFAULT_PROFILE") ?? Variable("AWS_PROFILE");

    /// <summary>The profile whose settings apply: the environment's, the selected one, or <c>default</c>; null if it does not exist.</summary>
    public AwsProfile? SettingsProfile =>
        (Profile is { } named ? Shared.Find(named) : null) ?? Shared.Find(ChosenProfile ?? "default");

    /// <summary>A setting of AWS tools: the variable, otherwise the profile's; null if neither is set.</summary>
    public string? Setting(string variable, string name) => Variable(variable) ?? SettingsProfile?.Find(name);

    /// <summary>Whether the command line names an account or profile instead of an environment.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>
    /// What the settings are for, in messages: an environment, or an account, profile or registry host that is in no
    /// <c>lading.json</c>.
    /// </summary>
    public string Subject =>
        IsHost ? Environment
        : !IsAdHoc ? $"environment {Environment}"
        : Environment == Profile ? $"profile {Environment}"
        : $"account {Environment}";

    /// <summary>Where to set a profile, for messages.</summary>
    public string ProfilePlace =>
        IsHost ? "AWS_PROFILE"
        : IsAdHoc ? "--profile, or AWS_PROFILE"
        : $"\"profile\" of environment {Environment} in lading.json, or AWS_PROFILE";

    /// <summary>How to use other credentials, as the end of a sentence.</summary>
    public string Choice =>
        IsHost && Profile is null ? "set AWS_PROFILE."
        : IsAdHoc ? "name another with --profile, or set AWS_PROFILE."
        : Profile is null ? $"set \"profile\" of environment {Environment} in lading.json, or AWS_PROFILE."
        : $"change \"profile\" of environment {Environment} in lading.json.";

    /// <summary>The options that select the environment or account, for the commands in messages.</summary>
    public string Selector
    {
        get => selector ?? EnvironmentDefinition.SelectorOf(Environment);
        init => selector = value;
    }

    /// <summary>Whether remedies end with a related check; false within the checks themselves.</summary>
    public bool NamesChecks { get; init; } = true;

    /// <summary>The command for a check.</summary>
    /// <param name="name">One of <see cref="DoctorCheck"/>.</param>
    public string Check(string name) => DoctorCheck.Command(name, IsHost ? null : Selector);

    /// <summary>A remedy that ends with a related check.</summary>
    /// <param name="remedy">Whole sentences; empty if there is nothing else to do.</param>
    /// <param name="check">One of <see cref="DoctorCheck"/>.</param>
    /// <param name="does">What the check does, as the end of a sentence.</param>
    public string Joined(string remedy, string check, string does) =>
        NamesChecks ? $"{remedy} '{Check(check)}' {does}.".TrimStart() : remedy;

    private bool IsHost => EcrAddress.TryParse(Environment, out _);

    /// <summary>The settings of an environment that has an account.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="variable">Returns environment variables.</param>
    /// <param name="askCode">Asks for the code of an MFA device.</param>
    /// <param name="namesChecks">Whether remedies end with a related check.</param>
    public static AwsSettings For(
        EnvironmentDefinition environment,
        Func<string, string?> variable,
        Func<string, string?>? askCode = null,
        bool namesChecks = true
    )
    {
        var settings = new AwsSettings
        {
            Environment = environment.Name,
            Account = environment.Account!,
            Region = environment.Region ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? "",
            Profile = environment.Profile,
            Variable = variable,
            AskCode = askCode,
            IsAdHoc = environment.IsAdHoc,
            Selector = environment.Selector,
            NamesChecks = namesChecks,
        };
        return settings.Region.Length > 0
            ? settings
            : settings with
            {
                Region =
                    settings.SettingsProfile?.Find("region")
                    ?? throw LadingException.Usage(
                        $"Could not reach AWS for {settings.Subject}",
                        environment.IsAdHoc ? "no region is named" : "it has no region",
                        environment.IsAdHoc
                            ? "Name one with --region, or set AWS_REGION."
                            : "Give it a \"region\" in lading.json, or set AWS_REGION."
                    ),
            };
    }
}
