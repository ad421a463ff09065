using Lading.Rollbacks;

namespace Lading.Tests.Rollbacks;

/// <summary>Which changes of a change set are intended, or follow from those that are.</summary>
public sealed class DecidingOnChanges
{
    private static readonly ResourceChange Definition = Change(
        "WebTask",
        "AWS::ECS::TaskDefinition",
        "True",
        Direct("ContainerDefinitions")
    );

    private static readonly ResourceChange Service = Change(
        "Web",
        "AWS::ECS::Service",
        "False",
        Reference("TaskDefinition", "WebTask")
    );

    [Fact]
    public void The_task_definition_its_service_and_the_record_may_change() =>
        Assert.Empty(
            FindUnwanted(Service, Definition, Change("Record", "AWS::SSM::Parameter", "False", Direct("Value")))
        );

    [Fact]
    public void References_to_the_task_definition_follow_it()
    {
        var rule = Change("Nightly", "AWS::Events::Rule", "False", Reference("Targets", "WebTask"));
        var policy = Change("Policy", "AWS::IAM::Policy", "False", Reference("PolicyDocument", "WebTask"));
        var alarm = Change("Alarm", "AWS::CloudWatch::Alarm", "False", Attribute("Dimensions", "Web.Name"));

        Assert.Empty(FindUnwanted(alarm, rule, policy, Service, Definition));
    }

    [Fact]
    public void A_conditional_replacement_by_an_attribute_of_a_kept_resource_does_not_count() =>
        Assert.Empty(
            FindUnwanted(
                Change(
                    "Target",
                    "AWS::ApplicationAutoScaling::ScalableTarget",
                    "Conditional",
                    Attribute("ResourceId", "Web.Name")
                ),
                Service,
                Definition
            )
        );

    [Fact]
    public void A_dynamic_modification_beside_its_reference_is_that_reference() =>
        Assert.Empty(
            FindUnwanted(
                Service with
                {
                    Details = [Direct("TaskDefinition") with { IsDynamic = true }, .. Service.Details],
                },
                Definition
            )
        );

    public static TheoryData<string, ResourceChangeCase> Refused() =>
        new()
        {
            {
                "its Family would change",
                new(Definition with { Details = [Direct("ContainerDefinitions"), Direct("Family")] })
            },
            {
                "its VisibilityTimeout would change",
                new(Change("Queue", "AWS::SQS::Queue", "False", Direct("VisibilityTimeout")))
            },
            { "with parameter Ami", new(Change("Host", "AWS::EC2::Instance", "True", Parameter("ImageId", "Ami"))) },
            { "it would be deleted", new(Change("Old", "AWS::SQS::Queue", "", []) with { Action = "Remove" }) },
            { "it would be created", new(Change("New", "AWS::SQS::Queue", "", []) with { Action = "Add" }) },
            { "it would be replaced", new(Service with { Replacement = "True" }) },
            { "it might be replaced", new(Service with { Replacement = "Conditional" }) },
            {
                "with Other.Arn",
                new(Change("Policy", "AWS::IAM::Policy", "False", Attribute("PolicyDocument", "Other.Arn")))
            },
            {
                "its template may have changed",
                new(
                    Change(
                        "Nested",
                        "AWS::CloudFormation::Stack",
                        "False",
                        new ChangeDetail("Properties", "", "Automatic", "", true)
                    )
                )
            },
            { "does not say why", new(Change("Web", "AWS::ECS::Service", "False", [])) },
            { "cannot say what would become of it", new(Service with { Action = "Dynamic" }) },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Everything_else_is_named_with_its_reason(string reason, ResourceChangeCase other)
    {
        var unwanted = FindUnwanted(Definition, other.Change);

        Assert.Contains(unwanted, each => each.Reason.Contains(reason, StringComparison.Ordinal));
    }

    private static IReadOnlyList<UnwantedChange> FindUnwanted(params IReadOnlyList<ResourceChange> changes) =>
        ChangeRules
            .Decide(
                changes,
                new Dictionary<string, IReadOnlySet<string>>
                {
                    ["WebTask"] = new HashSet<string> { "ContainerDefinitions" },
                    ["Record"] = new HashSet<string> { "Value" },
                }
            )
            .Unwanted;

    private static ResourceChange Change(
        string id,
        string type,
        string replacement,
        params IReadOnlyList<ChangeDetail> details
    ) => new(id, type, "Modify", replacement, details);

    private static ChangeDetail Direct(string name) => new("Properties", name, "DirectModification", "", false);

    private static ChangeDetail Reference(string name, string entity) =>
        new("Properties", name, "ResourceReference", entity, false);

    private static ChangeDetail Attribute(string name, string entity) =>
        new("Properties", name, "ResourceAttribute", entity, true);

    private static ChangeDetail Parameter(string name, string entity) =>
        new("Properties", name, "ParameterReference", entity, false);

    /// <summary>A change as a test case.</summary>
    public sealed class ResourceChangeCase
    {
        internal ResourceChangeCase(ResourceChange change) => Change = change;

        internal ResourceChange Change { get; }

        public override string ToString() => $"{Change.Action} {Change.LogicalId}";
    }
}
