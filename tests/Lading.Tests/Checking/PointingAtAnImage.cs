using Lading.Checking.Templates;

namespace Lading.Tests.Checking;

/// <summary>Where a template names an image, according to the table of properties that a check reads.</summary>
public sealed class PointingAtAnImage
{
    private const string Task = "AWS::ECS::TaskDefinition";

    [Theory]
    [InlineData(Task, "/ContainerDefinitions/1/Image", "ContainerDefinitions/1/Image")]
    [InlineData(Task, "/ContainerDefinitions/1/Image/Fn::Join/1/0", "ContainerDefinitions/1/Image")]
    [InlineData(Task, "/ContainerDefinitions/Fn::If/1/0/Image", "ContainerDefinitions/Fn::If/1/0/Image")]
    [InlineData(
        "AWS::EMRServerless::Application",
        "/WorkerTypeSpecifications/driver/ImageConfiguration/ImageUri",
        "WorkerTypeSpecifications/driver/ImageConfiguration/ImageUri"
    )]
    [InlineData(Task, "/ContainerDefinitions/1/Name", null)]
    [InlineData(Task, "/ContainerDefinitions/web/Image", null)]
    [InlineData(Task, "/ContainerDefinitions", null)]
    public void A_pointer_leads_to_an_image_or_to_none(string type, string pointer, string? image)
    {
        var found = ImageProperty
            .Of(type)
            .Select(property => property.FindIn(pointer))
            .FirstOrDefault(each => each is not null);

        Assert.Equal(image, found is null ? null : string.Join('/', found));
    }
}
