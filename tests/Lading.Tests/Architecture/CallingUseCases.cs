namespace Lading.Tests.Architecture;

/// <summary>
/// A verb reads options, calls a use case of Core and passes the result to a screen; how registries are reached is not
/// its concern.
/// </summary>
public sealed class CallingUseCases
{
    /// <summary>Namespaces that only use cases and the kinds of registries name.</summary>
    private static readonly string[] Below =
    [
        "Lading.Registry",
        "Lading.Http",
        "Lading.Layout",
        "Lading.Aws",
        "Lading.Assembly",
    ];

    /// <summary>
    /// Types whose subject these are: the one place that puts the kinds of registries together; the server; what
    /// answers the CDK in Docker's place.
    /// </summary>
    private static readonly string[] Allowed =
    [
        "Lading.Cli.Commands.Workspaces",
        "Lading.Cli.Commands.RegistryCommand",
        "Lading.Cli.Output.RegistryScreen",
        "Lading.Cli.Docker.",
    ];

    [Fact]
    public void The_command_line_opens_no_registry_itself()
    {
        var wrong =
            from type in typeof(Cli.Host).Assembly.GetTypes()
            let name = Outermost(type).FullName!
            where !Allowed.Any(each => name.StartsWith(each, StringComparison.Ordinal))
            from named in ReferencedTypes.Of(type)
            where Below.Any(each => IsIn(named, each))
            select $"{name} names {named.FullName}";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Only a use case reads git, Dockerfiles or layouts, and draws conclusions from them.</summary>
    [Fact]
    public void A_verb_reads_no_repository_itself()
    {
        var wrong =
            from type in typeof(Cli.Host).Assembly.GetTypes()
            let name = Outermost(type).FullName!
            where name.StartsWith("Lading.Cli.Commands.", StringComparison.Ordinal)
            where name != "Lading.Cli.Commands.RegistryCommand"
            from named in ReferencedTypes.Of(type)
            where IsIn(named, "Lading.Git") || IsIn(named, "Lading.Layout") || IsIn(named, "Lading.Context.Dockerfiles")
            select $"{name} names {named.FullName}";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PublishCommand", "Shipping Cli.Commands Cli.Output")]
    [InlineData("PromoteCommand", "Projects Shipping Cli.Commands Cli.Output")]
    [InlineData("PlanCommand", "Fingerprints Shipping Cli.Commands Cli.Output")]
    [InlineData("ResolveCommand", "Fingerprints Projects Shipping Cli.Commands Cli.Output")]
    [InlineData("CheckCommand", "Checking Shipping Cli.Commands Cli.Output")]
    [InlineData("DeployCommand", "Checking Deploying Projects Shipping Cli.Commands Cli.Output")]
    [InlineData("RunCommand", "Apps Fingerprints Launching Processes Projects Shipping Cli.Commands Cli.Output")]
    [InlineData("WhyCommand", "Configuration Explaining Projects Registries Shipping Cli.Commands Cli.Output")]
    [InlineData("InitCommand", "Initializing Projects Shipping Cli.Commands Cli.Output")]
    [InlineData("PinCommand", "Projects Cli.Commands Cli.Output")]
    [InlineData("UnpinCommand", "Projects Cli.Commands Cli.Output")]
    [InlineData("KeepCommand", "Configuration Cli.Commands Cli.Output")]
    [InlineData("IdentifyCommand", "Fingerprints Cli.Commands Cli.Output")]
    [InlineData(
        "RollbackCommand",
        "Configuration Leases Projects Registries Rollbacks Running Cli.Commands Cli.Output"
    )]
    [InlineData("DoctorCommand", "Configuration Diagnosis Processes Projects Cli.Commands Cli.Output")]
    [InlineData("Bases.BasesUpdateCommand", "Bases Projects Registries Cli.Commands Cli.Commands.Bases Cli.Output")]
    [InlineData("Image.ImageCopyCommand", "Locations Oci Shipping Cli.Commands Cli.Commands.Image Cli.Output")]
    [InlineData("Image.ImageListCommand", "Locations Oci Cli.Commands Cli.Commands.Image Cli.Output")]
    [InlineData("Image.ImageInspectCommand", "Locations Oci Cli.Commands Cli.Commands.Image Cli.Output")]
    public void A_verb_names_its_use_case_and_its_screen(string verb, string expected)
    {
        var named =
            from type in typeof(Cli.Host).Assembly.GetTypes()
            where Outermost(type).FullName == $"Lading.Cli.Commands.{verb}"
            from other in ReferencedTypes.Of(type)
            where
                other.Namespace != "Lading.Cli"
                && other.Namespace?.StartsWith("Lading.", StringComparison.Ordinal) == true
            select other.Namespace!["Lading.".Length..];

        Assert.Empty(named.Distinct().Except(expected.Split(' ')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_calls_up_through_no_delegate_that_opens_registries()
    {
        var wrong =
            from type in typeof(LadingException).Assembly.GetTypes()
            from constructor in type.GetConstructors(
                System.Reflection.BindingFlags.Public
                    | System.Reflection.BindingFlags.NonPublic
                    | System.Reflection.BindingFlags.Instance
            )
            from parameter in constructor.GetParameters()
            where parameter.ParameterType.IsGenericType
            where
                parameter.ParameterType.ToString().Contains(nameof(Lading.Oci.IImageRegistry), StringComparison.Ordinal)
            where typeof(Delegate).IsAssignableFrom(parameter.ParameterType)
            select $"{type.FullName} takes {parameter.Name}";

        Assert.Empty(wrong);
    }

    private static bool IsIn(Type type, string folder) =>
        type.Namespace == folder || type.Namespace?.StartsWith(folder + ".", StringComparison.Ordinal) == true;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
