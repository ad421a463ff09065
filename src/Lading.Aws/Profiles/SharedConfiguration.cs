namespace Lading.Aws.Profiles;

/// <summary>
/// AWS's shared configuration: <c>~/.aws/config</c> and <c>~/.aws/credentials</c>, or the files in <c>AWS_CONFIG_FILE</c> and
/// <c>AWS_SHARED_CREDENTIALS_FILE</c>. A missing file counts as empty.
/// </summary>
internal sealed class SharedConfiguration
{
    private const string Default = "default";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private readonly Dictionary<string, AwsProfile> profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsProfile> sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsProfile> services = new(StringComparer.Ordinal);

    private SharedConfiguration() { }

    public IEnumerable<AwsProfile> Profiles => profiles.Values.OrderBy(profile => profile.Name, StringComparer.Ordinal);

    /// <summary>Reads both files.</summary>
    /// <param name="variable">Returns environment variables.</param>
    /// <exception cref="LadingException">A file exists and cannot be read or parsed.</exception>
    public static SharedConfiguration Read(Func<string, string?> variable)
    {
        var configuration = new SharedConfiguration();
        foreach (var (section, settings) in ReadFile(PathOf(variable, "AWS_CONFIG_FILE", "config")))
        {
            switch (Words(section))
            {
                case [Default]:
                    Add(configuration.profiles, Default, settings);
                    break;
                case ["profile", var name]:
                    Add(configuration.profiles, name, settings);
                    break;
                case ["sso-session", var name]:
                    Add(configuration.sessions, name, settings);
                    break;
                case ["services", var name]:
                    Add(configuration.services, name, settings);
                    break;
            }
        }

        foreach (var (section, settings) in ReadFile(PathOf(variable, "AWS_SHARED_CREDENTIALS_FILE", "credentials")))
        {
            Add(configuration.profiles, section, settings);
            configuration.profiles[section] = configuration.profiles[section] with
            {
                InCredentials = new AwsProfile(section, settings),
            };
        }

        return configuration;
    }

    /// <summary>A profile; null if it does not exist.</summary>
    public AwsProfile? Find(string profile) => profiles.GetValueOrDefault(profile);

    /// <summary>A section <c>sso-session</c>; null if it does not exist.</summary>
    public AwsProfile? FindSession(string session) => sessions.GetValueOrDefault(session);

    /// <summary>
    /// A profile's address for a service: that of its <c>services</c> section, otherwise its <c>endpoint_url</c>; null for neither.
    /// </summary>
    public string? FindEndpoint(AwsProfile profile, AwsService service) =>
        ConfigurationText.Nested(
            services.GetValueOrDefault(profile.Find("services") ?? "")?.Find(service.Id.ToLowerInvariant()),
            "endpoint_url"
        ) ?? profile.Find("endpoint_url");

    /// <summary>Whether a setting is true, as AWS tools write it.</summary>
    public static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);

    private static void Add(
        Dictionary<string, AwsProfile> to,
        string name,
        IReadOnlyDictionary<string, string> settings
    )
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (to.GetValueOrDefault(name)?.Settings ?? None).Concat(settings))
        {
            merged[key] = value;
        }

        to[name] = new AwsProfile(name, merged);
    }

    private static string PathOf(Func<string, string?> variable, string name, string file)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return variable(name) is not { } given ? Path.Combine(home, ".aws", file)
            : given.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, given[2..])
            : given;
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ReadFile(string path)
    {
        try
        {
            return ConfigurationText.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw LadingException.Usage(
                "Could not read the AWS configuration",
                $"{path}: {e.Message.TrimEnd('.')}",
                "Correct the file: sections in brackets, and below them 'name = value'."
            );
        }
    }

    /// <summary>The kind of section and its name, which is quoted if it has several words.</summary>
    private static string[] Words(string section)
    {
        var space = section.IndexOfAny([' ', '\t']);
        return space < 0 ? [section] : [section[..space], section[space..].Trim().Trim('"', '\'')];
    }
}
