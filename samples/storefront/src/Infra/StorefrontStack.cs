using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk;

namespace Storefront.Infra;

/// <summary>Four services, one for each image of lading.json.</summary>
internal sealed class StorefrontStack : Stack
{
    private readonly Cluster cluster;

    public StorefrontStack(Construct scope, string id, bool onlyAssembled, IStackProps props)
        : base(scope, id, props)
    {
        var vpc = new Vpc(
            this,
            "Vpc",
            new VpcProps
            {
                NatGateways = 0,
                SubnetConfiguration = [new SubnetConfiguration { Name = "public", SubnetType = SubnetType.PUBLIC }],
            }
        );
        cluster = new Cluster(this, "Cluster", new ClusterProps { Vpc = vpc });

        AddService("site", port: 80);
        AddService("carts", port: 8080);
        if (!onlyAssembled)
        {
            AddService("web", port: 8080);
            AddService("worker");
        }
    }

    /// <summary>Zones by index: otherwise CDK would ask AWS for their names at synthesis.</summary>
    public override string[] AvailabilityZones => [Fn.Select(0, Fn.GetAzs()), Fn.Select(1, Fn.GetAzs())];

    private void AddService(string name, double? port = null)
    {
        var task = new FargateTaskDefinition(this, $"{name}-task");
        task.AddContainer(
            name,
            new ContainerDefinitionOptions
            {
                // The digest in the lock of this stack's environment.
                Image = new LadingImage(name),
                PortMappings = port is null ? [] : [new PortMapping { ContainerPort = port.Value }],
                Logging = LogDriver.AwsLogs(new AwsLogDriverProps { StreamPrefix = name }),
            }
        );
        _ = new FargateService(
            this,
            $"{name}-service",
            new FargateServiceProps
            {
                Cluster = cluster,
                TaskDefinition = task,
                AssignPublicIp = true,
                CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
                MinHealthyPercent = 100,
            }
        );
    }
}
