using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

// A CDK app of any number of Fargate services, whose images come in one of four ways; the rest of the app is the same.
var (way, output, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var app = new App(new AppProps { Outdir = output });
var stack = new Stack(app, "Bench");
var vpc = new Vpc(stack, "Vpc", new VpcProps { NatGateways = 0, AvailabilityZones = ["a", "b"] });
var cluster = new Cluster(stack, "Cluster", new ClusterProps { Vpc = vpc });
for (var i = 0; i < count; i++)
{
    var name = string.Create(CultureInfo.InvariantCulture, $"service{i:00}");
    var task = new FargateTaskDefinition(stack, $"{name}-task");
    ContainerImage image = way switch
    {
        "none" => ContainerImage.FromRegistry("registry.example.com/one@sha256:" + new string('0', 64)),
        "asset" => ContainerImage.FromAsset(Path.Combine("services", name)),
        "ecr" => ContainerImage.FromEcrRepository(
            Repository.FromRepositoryName(stack, $"{name}-repository", $"bench/{name}"),
            "sha256:" + new string('0', 64)
        ),
        "lading" => new LadingImage(name),
        _ => throw new ArgumentException(way, nameof(args)),
    };
    task.AddContainer(name, new ContainerDefinitionOptions { Image = image });
    _ = new FargateService(
        stack,
        $"{name}-service",
        new FargateServiceProps
        {
            Cluster = cluster,
            TaskDefinition = task,
            AssignPublicIp = true,
        }
    );
}

app.Synth();
